import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readAppliesTo } from '../../src/knowledge/reading/applies-to.ts';
import { curatedTechnologies } from '../../src/knowledge/technologies/curated-tree.ts';
import { createTechnologyResolver } from '../../src/knowledge/technologies/technology-resolver.ts';
import { requireData } from './data.ts';

const run = promisify(execFile);

/** Applies-to values of the articles as they stood at the end of each year, with how often they were used. */
async function countAppliesToValues(bundle: string): Promise<Map<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'kbalertz-technologies-'));
  const git = async (...args: string[]) =>
    (await run('git', ['-C', folder, ...args], { maxBuffer: 1 << 30 })).stdout;
  try {
    await run('git', ['clone', '-q', '--bare', '-b', 'main', bundle, folder]);
    const counts = new Map<string, number>();
    for (const year of [2019, 2020, 2021, 2022]) {
      const commit = (await git('rev-list', '-1', `--before=${year}-12-31`, 'main')).trim();
      const log = await git('grep', '-z', '-h', '-i', '-A40', '-E', '^appliesto:', commit, '--', '*.md');
      for (const value of listValues(log)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function listValues(grepped: string): string[] {
  return grepped.split(/^(?=appliesto:)/im).flatMap((piece) => {
    const block = /^appliesto:.*(?:\r?\n(?:[ \t]+.*|-(?!--).*|[ \t]*))*/i.exec(piece)?.[0] ?? '';
    try {
      const matter: unknown = parse(block);
      return readAppliesTo(Object.values(Object(matter))[0]);
    } catch {
      return []; // front matter that is no YAML has no values; the reader of documents tests that case
    }
  });
}

test('nearly all applies-to values of a real knowledge base land on a curated technology', async (context) => {
  const counts = await countAppliesToValues(requireData('office-kb.bundle', context));
  const resolver = createTechnologyResolver(curatedTechnologies, []);
  const misses: [number, string][] = [];
  let total = 0;
  for (const [value, count] of counts) {
    const found = resolver.resolveNames([value]).map((slug) => resolver.findBySlug(slug));
    total += count;
    if (found.length === 0 || found.some((each) => each?.origin !== 'curated')) misses.push([count, value]);
  }
  const missed = misses.reduce((sum, [count]) => sum + count, 0);
  const top = misses.sort((a, b) => b[0] - a[0]).slice(0, 10);
  console.info(
    `${total} values, ${(100 * (1 - missed / total)).toFixed(2)} % on curated technologies; misses:`,
    top,
  );
  expect(total).toBeGreaterThan(10_000);
  expect(missed / total).toBeLessThan(0.01);
});
