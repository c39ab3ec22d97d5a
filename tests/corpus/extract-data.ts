import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import { requireData } from './data.ts';

/** Extracts an archive of the real data into a folder that is removed after the test. */
export function extractData(name: string, context: TestContext): string {
  const archive = requireData(name, context);
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-corpus-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  return folder;
}
