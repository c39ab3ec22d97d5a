import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createArchive } from '../../src/store/archive.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { describeOnBothDatabases } from '../databases/both-databases.ts';
import { sizes } from '../sizes.ts';

const program = join(import.meta.dirname, '../factories/scan-nights.ts');

describeOnBothDatabases('a process that scans and is killed at any moment', (databases) => {
  test('loses nothing and doubles nothing: the next one ends where an undisturbed one ends', async () => {
    const undisturbed = await databases.locate();
    expect(await finish(start(undisturbed))).toBe(0);
    const expected = await describeArchive(undisturbed);
    expect(expected.changes.length).toBeGreaterThan(300);

    const disturbed = await databases.locate();
    let killed = 0;
    for (; killed < sizes.scanKills; killed += 1) {
      const child = start(disturbed);
      const ending = finish(child);
      const hasBegun = await Promise.race([says(child, 'scanning'), ending.then(() => false)]);
      if (!hasBegun) break;
      await sleep(Math.random() * 120);
      child.kill('SIGKILL');
      if ((await ending) === 0) break; // it was done before the kill came
    }
    expect(await finish(start(disturbed))).toBe(0);
    expect(await describeArchive(disturbed)).toEqual(expected);
    expect(killed).toBeGreaterThan(2);
  });
});

function start(location: DatabaseLocation): ChildProcess {
  return spawn(process.execPath, [program, JSON.stringify(location)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function finish(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.stdout?.resume();
  });
}

function says(child: ChildProcess, word: string): Promise<boolean> {
  return new Promise((resolve) => {
    child.stdout?.on('data', (data: Buffer) => {
      if (data.toString().includes(word)) resolve(true);
    });
  });
}

/** Everything that a reader could be told, without the numbers that rows happen to have. */
async function describeArchive(location: DatabaseLocation) {
  const database = openDatabase(location);
  try {
    const archive = createArchive(database);
    const changes = (await archive.listChanges({ limit: 10_000 })).reverse();
    return {
      changes: changes.map(({ kind, article, fromRevision, toRevision, significance, alerts, occurredAt }) =>
        [occurredAt, article.title, kind, fromRevision, toRevision, significance, alerts].join(' '),
      ),
      texts: await listTexts(database, changes),
      counts: await archive.countArticles(),
    };
  } finally {
    await database.close();
  }
}

async function listTexts(
  database: Database,
  changes: Awaited<ReturnType<ReturnType<typeof createArchive>['listChanges']>>,
): Promise<string[]> {
  const archive = createArchive(database);
  const texts: string[] = [];
  for (const { article } of changes.filter(({ kind }) => kind === 'created')) {
    for (let number = 1; number <= article.revision; number += 1) {
      const revision = await archive.loadRevision(article.id, number);
      texts.push(`${article.key} ${number} ${revision?.capturedAt} ${revision?.published.text}`);
    }
  }
  return texts.sort();
}
