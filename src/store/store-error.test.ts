import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { openStore } from './open-store.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';
import { StoreError } from './store-error.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kbalertz-errors-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a full disk breaks a scan off, keeps what was there, and the next scan does it all', async () => {
  const database = openDatabase({ file: join(folder, 'kb.sqlite') });
  await migrate(database);
  const { archive } = openStore(database);
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(database, written);
  written.show({ a: '# A\n\nText.' });
  await scanner.scan(source);

  const noise = (n: number) =>
    Array.from({ length: 400 }, (_, k) => ((n * 7919 + k * 104729) % 99991) / 3).join(' ');
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`b${n}`, `# B${n}\n\n${noise(n)}`]));
  written.show({ a: '# A\n\nOther text.', ...many });
  const { rows } = await sql<{ page_count: number }>`select * from pragma_page_count`.execute(database.db);
  await sql.raw(`pragma max_page_count = ${(rows[0]?.page_count ?? 0) + 20}`).execute(database.db);
  const failure = await scanner.scan(source).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StoreError);
  expect(failure).toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining('is full') });
  expect(await archive.countArticles()).toEqual({ active: 1, retired: 0, revisions: 1 });
  expect((await archive.listScans({ limit: 1 }))[0]).toMatchObject({
    state: 'failed',
    problem: expect.stringMatching(/broke off: The disk of .* is full\. What was kept before stays/),
  });

  await sql.raw('pragma max_page_count = 1000000').execute(database.db);
  expect(await scanner.scan(source)).toMatchObject({ kind: 'done', scan: { counts: { created: 200 } } });
  expect(await archive.listChanges({ limit: 1000, onlyAlerting: true })).toHaveLength(201);
  await database.close();
});

test('a database that another process keeps locked says so after a while; readers go on', async () => {
  const file = join(folder, 'kb.sqlite');
  const database = openDatabase({ file, lockPatienceMs: 50 });
  await migrate(database);
  const { sources } = openStore(database);
  const other = new BetterSqlite3(file);
  other.exec('begin immediate');
  const written = writeSource();
  await expect(watchWrittenSource(database, written)).rejects.toThrow(
    /Another process has held the lock on .*kb\.sqlite for too long\. Nothing was changed/,
  );
  expect(await sources.list()).toEqual([]);
  other.exec('commit');
  await watchWrittenSource(database, written);
  expect(await sources.list()).toHaveLength(1);
  other.close();
  await database.close();
});

test('a reader does not wait for a transaction of its own process, and sees none of it', async () => {
  const database = openDatabase({ file: join(folder, 'kb.sqlite') });
  await migrate(database);
  const { sources } = openStore(database);
  const inside = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const writing = database.db.transaction().execute(async (tx) => {
    await tx.insertInto('settings').values({ name: 'a', value: '1' }).execute();
    inside.resolve();
    await goOn.promise;
  });
  await inside.promise;
  expect(await sources.list()).toEqual([]);
  expect(await database.db.selectFrom('settings').selectAll().execute()).toEqual([]);
  const waiting = database.db.insertInto('settings').values({ name: 'b', value: '2' }).execute();
  goOn.resolve();
  await Promise.all([writing, waiting]);
  expect(await database.db.selectFrom('settings').selectAll().execute()).toHaveLength(2);
  await database.close();
});

test('a transaction that fails is undone, and the next one works', async () => {
  const database = openDatabase({ file: join(folder, 'kb.sqlite') });
  await migrate(database);
  const failing = database.db.transaction().execute(async (tx) => {
    await tx.insertInto('settings').values({ name: 'a', value: '1' }).execute();
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await database.db.insertInto('settings').values({ name: 'a', value: '2' }).execute();
  expect(await database.db.selectFrom('settings').selectAll().execute()).toEqual([{ name: 'a', value: '2' }]);
  await database.close();
});

test.for([
  ['/nowhere/at/all.sqlite', /can't be opened\. Check that its folder is there/],
  ['/dev/null', /can't be opened|is no kbalertz database|does not read or write/],
] as const)('a file that can not be %s is named', ([file, message]) => {
  expect(() => openDatabase({ file })).toThrow(StoreError);
  expect(() => openDatabase({ file })).toThrow(message);
});

test('a server that can not be reached, a wrong password and a missing database are told apart', async () => {
  const url = new URL(inject('postgresUrl'));
  const [silent, locked, missing] = [new URL(url), new URL(url), new URL(url)];
  silent.port = '1';
  locked.password = 'wrong-secret';
  missing.pathname = '/missing';
  const failures = await Promise.all(
    [silent, locked, missing].map(async ({ href }) => {
      const database = openDatabase({ url: href });
      const failure = await migrate(database).catch((error: unknown) => error);
      await database.close();
      return failure;
    }),
  );
  expect(failures).toMatchObject([
    {
      code: 'UNREACHABLE',
      message: expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:1 \(database postgres\) does not answer/),
    },
    { code: 'REFUSED', message: expect.stringContaining('does not let this user in') },
    { code: 'REFUSED', message: expect.stringContaining('There is no such database') },
  ]);
  expect(failures.map(String).join()).not.toContain('wrong-secret');
});

test('a server that goes away in the middle of a transaction ends nothing but the transaction', async () => {
  const url = inject('postgresUrl');
  const [database, other] = [openDatabase({ url, maxConnections: 1 }), openDatabase({ url })];
  const failure = await database.db
    .transaction()
    .execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(other.db);
      await sleep(200); // nobody asks anything of the connection while it breaks
      await sql`select 1`.execute(tx);
    })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StoreError);
  expect(failure).toMatchObject({
    code: 'UNREACHABLE',
    message: expect.stringContaining('What was kept before stays.'),
  });
  const { rows } = await sql`select 1 as one`.execute(database.db);
  expect(rows).toEqual([{ one: 1 }]);
  await database.close();
  await other.close();
});
