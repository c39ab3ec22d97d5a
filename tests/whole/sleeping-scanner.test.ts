import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createArchive } from '../../src/store/archive.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { watchWrittenSource, writeSource } from '../../src/store/scanning.fixture.ts';
import { describeOn, describeOnBothDatabases, type TestDatabases } from '../databases/both-databases.ts';
import type { SlowScan } from '../factories/slow-scan.ts';

const program = join(import.meta.dirname, '../factories/slow-scan.ts');
const leaseMs = 1500;
const textOf = (word: string) => `# The ${word} does not start\n\nError 0x80070643. Restart it.`;

describeOnBothDatabases('a process that scans and sleeps past its lease', (databases) => {
  test('commits nothing, whatever it had read, once another one took over', async () => {
    const { database, hire } = await start(databases);
    const sleeper = hire({ word: 'quokka', waitMs: 300 });
    await sleeper.says('read');
    sleeper.child.kill('SIGSTOP'); // before it commits

    await sleep(leaseMs);
    const other = hire({ word: 'numbat', waitMs: 0 });
    expect(await other.end()).toEqual({ outcome: 'done' });

    sleeper.child.kill('SIGCONT');
    expect(await sleeper.end()).toEqual({ error: 'LeaseLostError' });
    expect(await describe(database)).toEqual({
      title: 'The numbat does not start',
      changes: ['created', 'revised 2'],
      scans: ['done', 'failed', 'done'],
    });
  });
});

// On SQLite one process writes at a time, and others wait for it as long as it lives.
describeOn('postgres', 'a process that sleeps in the middle of its commit', (databases) => {
  test('keeps nothing, and holds nobody up for long', async () => {
    const { database, hire } = await start(databases);
    await slowDown(database);
    const sleeper = hire({ word: 'quokka', waitMs: 0 });
    await sleeper.says('read');
    await untilCommitting(database);
    sleeper.child.kill('SIGSTOP');
    await sql`drop trigger slow on changes`.execute(database.db); // waits until the server ends what is frozen
    await sleep(leaseMs);

    const other = hire({ word: 'numbat', waitMs: 0 });
    expect(await other.end()).toEqual({ outcome: 'done' });
    sleeper.child.kill('SIGCONT');
    expect(await sleeper.end()).toEqual({ error: 'StoreError' });
    expect(await describe(database)).toEqual({
      title: 'The numbat does not start',
      changes: ['created', 'revised 2'],
      scans: ['done', 'failed', 'done'],
    });
  });
});

async function start(databases: TestDatabases) {
  const location = await databases.locate();
  const database = openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(database, written);
  written.show({ kb: textOf('potoroo') });
  await scanner.scan(source);
  return {
    database,
    hire({ word, waitMs }: { readonly word: string; readonly waitMs: number }) {
      const scan: SlowScan = {
        location: 'url' in location ? { ...location, mostIdleMs: leaseMs } : location,
        text: textOf(word),
        leaseMs,
        waitMs,
      };
      const child = spawn(process.execPath, [program, JSON.stringify(scan)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      return { child, ...listen(child) };
    },
  };
}

/** What the program says, line by line. */
function listen(child: ChildProcess) {
  const lines: Record<string, string>[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n').filter(Boolean)) lines.push(JSON.parse(line));
  });
  const closed = once(child, 'close');
  return {
    async says(at: string) {
      while (!lines.some((line) => line.at === at)) await sleep(5);
    },
    async end() {
      await closed;
      return lines.find((line) => line.at === undefined);
    },
  };
}

/** Makes each change take a while to be written. */
async function slowDown({ db }: Database): Promise<void> {
  await sql`create function dawdle() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.5); return new; end $$`.execute(db);
  await sql`create trigger slow before insert on changes for each row execute function dawdle()`.execute(db);
}

async function untilCommitting({ db }: Database): Promise<void> {
  for (;;) {
    const { rows } = await sql`select 1 from pg_stat_activity where wait_event = 'PgSleep'
      and datname = current_database()`.execute(db);
    if (rows.length > 0) return;
    await sleep(5);
  }
}

async function describe(database: Database) {
  const changes = (await createArchive(database).listChanges({ limit: 10 })).reverse();
  const scans = await database.db.selectFrom('scans').select('state').orderBy('id').execute();
  return {
    title: changes.at(-1)?.article.title,
    changes: changes.map(({ kind, toRevision }) => (kind === 'revised' ? `${kind} ${toRevision}` : kind)),
    scans: scans.map(({ state }) => state),
  };
}
