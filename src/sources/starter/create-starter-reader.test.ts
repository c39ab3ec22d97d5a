import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asId, type Instant, type SourceId } from '../../knowledge/ids.ts';
import { readDocument } from '../../knowledge/reading/read-document.ts';
import { isSameForReader } from '../../knowledge/significance/is-same-for-reader.ts';
import { type Snapshot, type Source, SourceError } from '../../knowledge/source.ts';
import { curatedTechnologies } from '../../knowledge/technologies/curated-tree.ts';
import { createTechnologyResolver } from '../../knowledge/technologies/technology-resolver.ts';
import { createStarterReader } from './create-starter-reader.ts';

const now = asId<Instant>(Date.UTC(2026, 0, 15, 2));
const reader = createStarterReader({
  folder: join(import.meta.dirname, '../../../starter-kb'),
  clock: { now: () => now },
});

test('the first scan shows night 1, each later one the next, and after the last nothing', async () => {
  const nights = await readAllNights();
  expect(nights.map((night) => night.proof.split(':')[0])).toEqual(['night-1', 'night-2', 'night-3']);
  expect(nights.map((night) => night.articleCount)).toEqual([29, 30, 30]);
  expect(await readNext(nights[2]?.proof ?? null)).toEqual([]);
});

test('history shows every night, a day apart, and goes on after the cursor', async () => {
  const all = await readNext(null, 'history');
  expect(all.map((night) => now - night.asOf)).toEqual([172_800_000, 86_400_000, 0]);
  expect(await readNext(all[0]?.proof ?? null, 'history')).toHaveLength(2);
});

test('other texts under the same nights are shown once more', async () => {
  const [again] = await readNext(`night-3:${'0'.repeat(64)}`);
  expect(again?.proof).toMatch(/^night-3:/);
});

test('a moved article keeps its former path, a retired one says why', async () => {
  const [first, second, third] = await readAllNights();
  expect(first?.drafts.map((draft) => draft.key)).toContain('ssh/host-key-changed.md');
  const moved = third?.drafts.find((draft) => draft.key === 'linux/ssh-host-key-changed.md');
  expect(moved?.aliases).toEqual(['ssh/host-key-changed.md']);
  expect(second?.drafts.map((draft) => draft.key)).not.toContain('ssh/host-key-changed.md');
  expect(third?.vanished).toEqual([
    { key: 'teams/clear-cache-classic-client.md', because: expect.stringContaining('no longer available') },
  ]);
});

test('every article reads without a warning and applies to curated technologies', async () => {
  const resolver = createTechnologyResolver(curatedTechnologies, []);
  for (const { drafts } of await readAllNights()) {
    for (const draft of drafts) {
      const document = readDocument(draft.published, draft.key);
      expect(document.warnings, draft.key).toEqual([]);
      expect(document.description, draft.key).toMatch(/\.$/);
      expect(document.vendorDate, draft.key).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(
        document.sections.map((section) => section.kind),
        draft.key,
      ).toContain('resolution');
      const slugs = resolver.resolveNames(document.appliesTo);
      expect(slugs.length, draft.key).toBeGreaterThan(0);
      for (const slug of slugs)
        expect(resolver.findBySlug(slug)?.origin, `${draft.key}: ${slug}`).toBe('curated');
    }
  }
});

test('the article on 0x80070002 has its KB number', async () => {
  const [first] = await readAllNights();
  const draft = first?.drafts.find((each) => each.key === 'windows/windows-update-0x80070002.md');
  expect(draft && readDocument(draft.published, draft.key).externalIds).toEqual(['KB910336']);
});

test('an edit of an include changes every article that has it, an edit of metadata nothing that is seen', async () => {
  const [first, second] = await readAllNights();
  const seen = (night: Snapshot | undefined) =>
    new Map(night?.drafts.map((draft) => [draft.key, readDocument(draft.published, draft.key)]));
  const [before, after] = [seen(first), seen(second)];
  const visible = [...after.keys()].filter((key) => {
    const [a, b] = [before.get(key), after.get(key)];
    return a !== undefined && b !== undefined && !isSameForReader(a, b);
  });
  expect(visible.sort()).toEqual([
    'debian/boot-is-full.md',
    'tls/lets-encrypt-rate-limits.md',
    'windows/bitlocker-asks-for-recovery-key.md',
    'windows/kerberos-clock-skew.md',
    'windows/low-disk-space-winsxs.md',
    'windows/print-spooler-stuck.md',
    'windows/reset-network-stack.md',
    'windows/windows-update-0x80070002.md',
  ]);
});

test('a folder that is gone or empty fails with what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kbalertz-starter-'));
  const empty = createStarterReader({ folder, clock: { now: () => now } });
  await expect(collect(empty.readSnapshots(request(null, 'latest')))).rejects.toThrow(
    /Install the program again/,
  );
  await rm(folder, { recursive: true });
  await expect(collect(empty.readSnapshots(request(null, 'latest')))).rejects.toThrow(SourceError);
});

async function readAllNights(): Promise<Snapshot[]> {
  const nights: Snapshot[] = [];
  for (;;) {
    const next = await readNext(nights.at(-1)?.proof ?? null);
    if (next.length === 0) return nights;
    nights.push(...next);
  }
}

function readNext(cursor: string | null, depth: 'latest' | 'history' = 'latest'): Promise<Snapshot[]> {
  return collect(reader.readSnapshots(request(cursor, depth)));
}

function request(cursor: string | null, depth: 'latest' | 'history') {
  return { source, cursor, asOf: null, depth, signal: new AbortController().signal };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(items);
}

const source: Source = {
  id: asId<SourceId>(1),
  name: 'starter',
  title: 'Starter knowledge base',
  kind: 'folder',
  url: 'starter-kb',
  settings: {},
  schedule: '17 2 * * *',
  licence: 'CC-BY-4.0',
  attribution: 'the kbalertz authors',
  state: 'active',
  createdAt: now,
};
