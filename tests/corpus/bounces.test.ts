import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { evaluateBounces, formatBounceEvaluation } from '../../src/cli/eval-bounces.ts';
import { readBounce } from '../../src/delivery/bounces/read-bounce.ts';
import { requireData } from './data.ts';

test('real bounces are read as another program reads them', async (context) => {
  const archive = requireData('bounces.tar.gz', context);
  const expectedFile = requireData('bounces.expected.json', context);
  const folder = await mkdtemp(join(tmpdir(), 'kbalertz-bounces-'));
  try {
    await promisify(execFile)('tar', ['-xzf', archive, '-C', folder]);
    const evaluation = await evaluateBounces({ folder, expectedFile, readBounce });
    console.info(formatBounceEvaluation(evaluation));
    expect(evaluation.recipients.share).toBeGreaterThanOrEqual(0.97);
    expect(evaluation.hardOrNot.share).toBeGreaterThanOrEqual(0.95);
    expect(evaluation.complaints.share).toBe(1);
    expect(evaluation.wronglySuppressing.count).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
