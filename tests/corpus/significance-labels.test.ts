import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, type TestContext } from 'vitest';
import { evaluateChanges } from '../../src/cli/evaluate-changes.ts';
import { readLabelledDocuments, readLabels } from '../../src/cli/labelled-changes.ts';
import { compareDocuments } from '../../src/knowledge/difference/compare-documents.ts';
import type { DocumentDifference } from '../../src/knowledge/difference/document-difference.ts';
import { gatherEvidence } from '../../src/knowledge/significance/change-evidence.ts';
import { isSameForReader } from '../../src/knowledge/significance/is-same-for-reader.ts';
import { judgeChange } from '../../src/knowledge/significance/judge-change.ts';
import { measureNames } from '../../src/knowledge/significance/measure-change.ts';
import { createRandom, predictByFolds, scoreAt } from '../../tools/cross-validation.ts';
import { requireData } from './data.ts';

let folder: string | null = null;
afterAll(() => folder !== null && rmSync(folder, { recursive: true, force: true }));

function cloneBundle(context: TestContext): string {
  const bundle = requireData('office-kb.bundle', context);
  if (folder === null) {
    folder = mkdtempSync(join(tmpdir(), 'kbalertz-labels-'));
    execFileSync('git', ['clone', '-q', '--bare', '-b', 'main', bundle, folder]);
  }
  return folder;
}

it('the shipped weights find the material changes among the labelled ones', async (context) => {
  const labels = await readLabels(requireData('change-labels.json', context));
  const { material, accuracy } = await evaluateChanges(cloneBundle(context), labels);
  expect(material.recall).toBeGreaterThanOrEqual(0.94);
  expect(material.precision).toBeGreaterThanOrEqual(0.8);
  expect(accuracy).toBeGreaterThanOrEqual(0.9);
});

it('so do weights that were learned without the article', async (context) => {
  const labels = await readLabels(requireData('change-labels.json', context));
  const read = await readLabelledDocuments(cloneBundle(context), labels);
  const examples = read.flatMap(({ change, documents }) => {
    if (documents === null || isSameForReader(documents.before, documents.after)) return [];
    const { measures } = gatherEvidence(documents.before, documents.after);
    const values = measureNames.map((name) => measures[name]);
    return [{ values, isPositive: change.label === 'material', group: change.path }];
  });
  const chances = predictByFolds(examples, 4, { folds: 10, random: createRandom(1), extra: [] });
  const score = scoreAt(examples, chances, 0.14);
  expect(score.recall).toBeGreaterThanOrEqual(0.92);
  expect(score.precision).toBeGreaterThanOrEqual(0.75);
});

it('a difference of real articles keeps everything of both, and of one with itself nothing', async (context) => {
  const labels = await readLabels(requireData('change-labels.json', context));
  for (const { documents } of await readLabelledDocuments(cloneBundle(context), labels)) {
    if (documents === null) continue;
    const { before, after } = documents;
    const difference = compareDocuments(before, after);
    expect(readSide(difference, 'before')).toEqual(before.sections);
    expect(readSide(difference, 'after')).toEqual(after.sections);
    expect(judgeChange(after, structuredClone(after)).significance).toBe('invisible');
  }
});

function readSide({ sections }: DocumentDifference, side: 'before' | 'after') {
  return sections
    .flatMap((part) => {
      const place = part[side];
      return place === null ? [] : [{ place, blocks: part.blocks.flatMap((row) => row[side] ?? []) }];
    })
    .sort((one, other) => one.place.index - other.place.index)
    .map(({ place, blocks }) => ({ ...place.section, blocks }));
}
