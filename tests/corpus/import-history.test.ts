import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import { createScanner } from '../../src/knowledge/scanning/create-scanner.ts';
import { createTechnologyPlacing } from '../../src/knowledge/technologies/create-technology-placing.ts';
import { curatedTechnologies } from '../../src/knowledge/technologies/curated-tree.ts';
import { createGitReader } from '../../src/sources/git/create-git-reader.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { requireData } from './data.ts';

const folder = mkdtempSync(join(tmpdir(), 'kbalertz-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the whole history is imported: every text as git has it, small on disk, and nobody is alerted', async (context) => {
  const bundle = requireData('office-kb.bundle', context);
  const clone = join(folder, 'clone.git');
  execFileSync('git', ['clone', '-q', '--bare', '-b', 'main', bundle, clone]);
  const git = createGit(clone);
  const commits = git('rev-list', '--first-parent', 'main').trim().split('\n');

  const data = join(folder, 'data');
  const { database, archive, source, scanner } = await openNewStore(data, bundle);
  const outcome = await scanner.importHistory(source);
  expect(outcome).toMatchObject({ kind: 'done', scan: { counts: { snapshots: commits.length } } });
  expect(await archive.listChanges({ limit: 1, onlyAlerting: true })).toEqual([]);

  const blobsOf = listBlobs(git);
  const tip = listTip(git);
  const rows = await database.db.selectFrom('articles').select(['id', 'key', 'state', 'revision']).execute();
  expect(rows.length).toBeGreaterThan(2500);
  let revisions = 0;
  for (const row of rows) {
    const aliases = await database.db
      .selectFrom('article_aliases')
      .select('value')
      .where('article_id', '=', row.id)
      .where('kind', '=', 'key')
      .execute();
    const read: string[] = [];
    for (let number = 1; number <= row.revision; number += 1) {
      const revision = await archive.loadRevision(asId(row.id), number);
      const blob = hashAsGit(revision?.published.text ?? '');
      if (read.at(-1) !== blob) read.push(blob); // what it includes changed, its own text did not
    }
    revisions += row.revision;
    if (row.state === 'active') expect(read.at(-1), row.key).toBe(tip.get(row.key));
    const names = new Set([row.key, ...aliases.map(({ value }) => value)]);
    const shown = new Set([...names].flatMap((name) => blobsOf.get(name) ?? []));
    expect(
      read.filter((blob) => !shown.has(blob)),
      row.key,
    ).toEqual([]);
    const own = blobsOf.get(row.key) ?? [];
    if (names.size === 1) expect(read, row.key).toEqual(own);
  }
  expect(await archive.countArticles()).toMatchObject({ revisions });
  expect(revisions).toBeGreaterThan(29_000);

  await database.close();
  const bytes = readdirSync(data).reduce((sum, name) => sum + statSync(join(data, name)).size, 0);
  expect(bytes).toBeLessThan(30_000_000);
});

async function openNewStore(data: string, bundle: string) {
  execFileSync('mkdir', ['-p', data]);
  const database = openDatabase({ file: join(data, 'kb.sqlite') });
  await migrate(database);
  const { archive, sources, scanLedger } = openStore(database);
  const clock = { now: () => asId<Instant>(Date.parse('2023-01-01T00:00:00Z')) };
  const reader = createGitReader({
    cacheFolder: join(folder, 'cache'),
    isLocalPathAllowed: () => true,
    clock,
  });
  const added = await sources.add({
    name: 'office',
    title: 'Office',
    kind: 'git',
    url: bundle,
    settings: {},
    schedule: '17 2 * * *',
    licence: 'CC BY 4.0',
    attribution: '',
    createdAt: clock.now(),
  });
  if (added.kind !== 'added') throw new Error('The database is new.');
  const scanner = createScanner({
    readerOf: () => reader,
    ledger: scanLedger,
    clock,
    placeTechnologies: (known) => createTechnologyPlacing(curatedTechnologies, known),
  });
  return { database, archive, source: added.source, scanner };
}

function createGit(clone: string) {
  return (...parameters: string[]): string =>
    execFileSync('git', ['-C', clone, ...parameters], {
      maxBuffer: 1 << 30,
    }).toString();
}

/** Path → the contents that it had, oldest first, none twice in a row. */
function listBlobs(git: ReturnType<typeof createGit>): Map<string, string[]> {
  const blobs = new Map<string, string[]>();
  const options = ['-z', '-m', '--raw', '--no-renames', '--no-abbrev', '--format='];
  const fields = git('log', '--first-parent', '--reverse', ...options, 'main').split('\0');
  for (const [index, field] of fields.entries()) {
    if (!field.startsWith(':')) continue;
    const [path, blob] = [fields[index + 1] ?? '', field.split(' ')[3] ?? ''];
    if (/^0*$/.test(blob)) continue;
    const shown = blobs.get(path) ?? [];
    if (shown.at(-1) !== blob) shown.push(blob);
    blobs.set(path, shown);
  }
  return blobs;
}

function listTip(git: ReturnType<typeof createGit>): Map<string, string> {
  const entries = git('ls-tree', '-r', '-z', 'main').split('\0');
  return new Map(
    entries.flatMap((entry) => {
      const [facts, path] = entry.split('\t');
      const blob = facts?.split(' ')[2];
      return path !== undefined && blob !== undefined ? [[path, blob]] : [];
    }),
  );
}

/** The id that git gives a file with this content. */
function hashAsGit(text: string): string {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
