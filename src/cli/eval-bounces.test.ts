import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evaluateBounces, formatBounceEvaluation, type ReadBounce } from './eval-bounces.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kbalertz-eval-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Reads mails whose text is `address kind`. */
const readBounce: ReadBounce = (raw) => {
  const [address = '', kind = ''] = new TextDecoder().decode(raw).split(' ');
  if (kind !== 'hard' && kind !== 'soft' && kind !== 'complaint') return { recipients: [] };
  return { recipients: [{ address, kind, reason: 'user-unknown', status: '5.1.1', action: 'failed' }] };
};

async function evaluate(mails: Record<string, string>, expected: unknown) {
  const expectedFile = join(folder, 'expected.json');
  for (const [name, text] of Object.entries(mails)) await writeFile(join(folder, name), text);
  await writeFile(expectedFile, JSON.stringify(expected));
  return evaluateBounces({ folder, expectedFile, readBounce });
}

test('counts what was found, what agrees, and mails that would suppress wrongly', async () => {
  const evaluation = await evaluate(
    {
      'a.eml': 'ana@example.org hard',
      'b.eml': 'BO@example.org soft',
      'c.eml': 'nothing',
      'd.eml': 'cy@example.org complaint',
    },
    {
      'a.eml': [{ recipient: 'ana@example.org', reason: 'userunknown', hard: true }],
      'b.eml': [{ recipient: 'bo@example.org', reason: 'userunknown', hard: true }],
      'c.eml': [{ recipient: 'cy@example.org', reason: 'feedback', hard: false }],
      'd.eml': [],
    },
  );
  expect(evaluation.recipients).toEqual({ count: 2, of: 3, share: 2 / 3 });
  expect(evaluation.hardOrNot).toEqual({ count: 1, of: 2, share: 0.5 });
  expect(evaluation.complaints).toEqual({ count: 0, of: 1, share: 0 });
  expect(evaluation.wronglySuppressing).toEqual({ count: 1, of: 1, share: 1 });
  expect(evaluation.differences).toHaveLength(3);
  expect(formatBounceEvaluation(evaluation)).toContain(
    'recipients found                      2 of 3  (66.7 %)',
  );
});

test('a mail that is missing and an expectation that is no JSON end in one sentence', async () => {
  await expect(evaluate({}, { 'a.eml': [] })).rejects.toThrow(/a\.eml is expected but is not in/);
  await expect(evaluate({}, ['a.eml'])).rejects.toThrow(/can't be read as an expectation/);
});
