import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import type { Snapshot, Source } from '../../src/knowledge/source.ts';
import { createGitReader } from '../../src/sources/git/create-git-reader.ts';
import { requireData } from './data.ts';

const bundleName = 'office-kb.bundle';
const folder = mkdtempSync(join(tmpdir(), 'kbalertz-corpus-'));
const clone = join(folder, 'clone.git');
const reader = createGitReader({
  cacheFolder: join(folder, 'cache'),
  isLocalPathAllowed: () => true,
  clock: { now: () => asId<Instant>(Date.parse('2023-01-01T00:00:00Z')) },
});

/** A plain clone, to compare with what git itself shows. */
function cloneBundle(bundle: string): void {
  if (!existsSync(clone)) execFileSync('git', ['clone', '-q', '--bare', '-b', 'main', bundle, clone]);
}

function git(...parameters: string[]): Buffer {
  return execFileSync('git', ['-C', clone, ...parameters], { maxBuffer: 1 << 30 });
}

function sourceOf(bundle: string): Source {
  return {
    id: asId(1),
    name: 'office',
    title: 'Office',
    kind: 'git',
    url: bundle,
    settings: {},
    schedule: '0 0 * * *',
    licence: '',
    attribution: '',
    state: 'active',
    createdAt: asId(0),
  };
}

function read(
  bundle: string,
  request: Partial<Parameters<typeof reader.readSnapshots>[0]>,
): AsyncIterable<Snapshot> {
  const signal = AbortSignal.timeout(600_000);
  return reader.readSnapshots({
    source: sourceOf(bundle),
    cursor: null,
    asOf: null,
    depth: 'latest',
    signal,
    ...request,
  });
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the history shows every first-parent commit, and every text as git shows it', async (context) => {
  const path = requireData(bundleName, context);
  cloneBundle(path);
  const commits = git('rev-list', '--first-parent', '--reverse', 'main').toString().trim().split('\n');
  const proofs: string[] = [];
  const times: number[] = [];
  const sample: { commit: string; key: string; text: string }[] = [];
  const shown = new Map<string, string>();
  let drafts = 0;
  for await (const snapshot of read(path, { depth: 'history' })) {
    proofs.push(snapshot.proof);
    times.push(snapshot.asOf);
    expect(snapshot.extent).toBe(proofs.length === 1 ? 'whole' : 'difference');
    for (const { key } of snapshot.vanished) shown.delete(key);
    for (const { key, published } of snapshot.drafts) {
      shown.set(key, published.text);
      drafts += 1;
      if (drafts % 20 === 0) sample.push({ commit: snapshot.proof, key, text: published.text });
    }
    expect(snapshot.articleCount).toBe(shown.size);
  }
  expect(proofs).toEqual(commits);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(sample.length).toBeGreaterThan(1000);
  const wanted = sample.map(({ commit, key }) => `${commit}:${key}\n`).join('');
  const answers = execFileSync('git', ['-C', clone, 'cat-file', '--batch'], {
    input: wanted,
    maxBuffer: 1 << 30,
  });
  let at = 0;
  for (const { key, text } of sample) {
    const end = answers.indexOf(10, at);
    const size = Number(answers.toString('latin1', at, end).split(' ')[2]);
    expect(text === answers.toString('utf8', end + 1, end + 1 + size), key).toBe(true);
    at = end + size + 2;
  }

  // Difference by difference, the articles have become what the last commit has.
  const last = new Map<string, string>();
  for await (const whole of read(path, {}))
    for (const { key, published } of whole.drafts) last.set(key, published.text);
  expect([...shown].toSorted()).toEqual([...last].toSorted());
});

test('articles keep their identity through every rename that git finds', async (context) => {
  const path = requireData(bundleName, context);
  cloneBundle(path);
  const renames = git(
    'log',
    '--first-parent',
    '-m',
    '-M',
    '--diff-filter=R',
    '--name-status',
    '-z',
    '--format=',
    'main',
  )
    .toString()
    .split('\0');
  const expected = new Set<string>();
  const isArticle = (name: string) =>
    /\.md$/.test(name) && !/(?:^|\/)(?:toc|index)\.md$|(?:^|\/)includes\//i.test(name);
  for (let index = 0; index + 2 < renames.length; index += 3) {
    const [from = '', to = ''] = renames.slice(index + 1, index + 3);
    if (isArticle(from) && isArticle(to)) expected.add(`${from} -> ${to}`);
  }
  const found = new Set<string>();
  for await (const { drafts } of read(path, { depth: 'history' })) {
    for (const { key, aliases } of drafts) for (const alias of aliases) found.add(`${alias} -> ${key}`);
  }
  expect(expected.size).toBeGreaterThan(1000);
  expect([...expected].filter((rename) => !found.has(rename))).toEqual([]);
});

test('a year of nights ends where the history ends', async (context) => {
  const path = requireData(bundleName, context);
  const nights = [0, 30, 60, 61, 62, 90, 180, 364].map((day) =>
    asId<Instant>(Date.parse('2021-01-01T02:17:00Z') + day * 86_400_000),
  );
  const shown = new Map<string, string>();
  let cursor: string | null = null;
  for (const asOf of nights) {
    for await (const snapshot of read(path, { cursor, asOf })) {
      cursor = snapshot.proof;
      for (const { key } of snapshot.vanished) shown.delete(key);
      for (const { key, published } of snapshot.drafts) shown.set(key, JSON.stringify(published));
    }
  }
  const whole = new Map<string, string>();
  for await (const snapshot of read(path, { asOf: nights.at(-1) ?? null })) {
    for (const { key, published } of snapshot.drafts) whole.set(key, JSON.stringify(published));
  }
  expect(whole.size).toBeGreaterThan(2000);
  expect([...shown].toSorted()).toEqual([...whole].toSorted());
});

test('a change of an include shows the articles that include it', async (context) => {
  const path = requireData(bundleName, context);
  let shownByInclude = 0;
  let cursor: string | null = null;
  let before = new Map<string, string>();
  for await (const { drafts, proof } of read(path, { depth: 'history' })) {
    const after = new Map(before);
    for (const { key, published } of drafts) {
      if (before.get(key) === published.text && Object.keys(published.includes).length > 0)
        shownByInclude += 1;
      after.set(key, published.text);
    }
    before = after;
    cursor = proof;
  }
  expect(cursor).not.toBeNull();
  expect(shownByInclude).toBeGreaterThan(0);
});
