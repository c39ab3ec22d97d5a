import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { backupDatabase, restoreDatabase } from './backup.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { openStore } from './open-store.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kbalertz-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describeOnBothDatabases('backups', (databases) => {
  test('a database comes back as it was, and what it replaced is kept', async () => {
    const location = await databases.locate();
    const database = openDatabase(location);
    await migrate(database);
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    written.show({ a: '# A\n\nFirst.' });
    await scanner.scan(source);
    const file = join(folder, 'backup.sqlite');
    if (database.kind === 'postgres') {
      await expect(backupDatabase(database, file)).rejects.toThrow(/pg_dump/);
      await expect(restoreDatabase(location, file)).rejects.toThrow(/pg_restore/);
      await database.close();
      return;
    }
    const { bytes } = await backupDatabase(database, file);
    expect(bytes).toBe(readFileSync(file).length);
    await expect(backupDatabase(database, file)).rejects.toThrow(/exists already/);
    written.show({ a: '# A\n\nSecond.', b: '# B' });
    await scanner.scan(source);

    await expect(restoreDatabase(location, file)).rejects.toThrow(/is in use\. Nothing was changed/);
    expect(await openStore(database).archive.countArticles()).toMatchObject({ active: 2, revisions: 3 });
    await database.close();

    const { keptAs } = await restoreDatabase(location, file);
    const restored = openDatabase(location);
    expect(await openStore(restored).archive.countArticles()).toMatchObject({ active: 1, revisions: 1 });
    await restored.close();
    const replaced = openDatabase({ file: String(keptAs) });
    expect(await openStore(replaced).archive.countArticles()).toMatchObject({ active: 2, revisions: 3 });
    await replaced.close();
  });
});

test('what is no whole backup is refused and changes nothing', async () => {
  const location = { file: join(folder, 'kb.sqlite') };
  const database = openDatabase(location);
  await migrate(database);
  const good = join(folder, 'good.sqlite');
  await backupDatabase(database, good);
  await database.close();
  const before = readFileSync(location.file);

  const text = join(folder, 'text');
  writeFileSync(text, 'hello '.repeat(1000));
  await expect(restoreDatabase(location, text)).rejects.toThrow(/is no kbalertz database/);
  const empty = join(folder, 'empty');
  writeFileSync(empty, '');
  await expect(restoreDatabase(location, empty)).rejects.toThrow(/is no backup of kbalertz/);
  const torn = join(folder, 'torn');
  const bytes = readFileSync(good);
  writeFileSync(torn, bytes.subarray(0, bytes.length / 2));
  await expect(restoreDatabase(location, torn)).rejects.toThrow(/damaged/);
  await expect(restoreDatabase(location, join(folder, 'missing'))).rejects.toThrow(/can't be opened/);
  expect(readFileSync(location.file).equals(before)).toBe(true);
  expect(readdirSync(folder).filter((name) => /unfinished|restoring/.test(name))).toEqual([]);
});

test('a damaged database can be replaced by a backup', async () => {
  const location = { file: join(folder, 'kb.sqlite') };
  const database = openDatabase(location);
  await migrate(database);
  const good = join(folder, 'good.sqlite');
  await backupDatabase(database, good);
  await database.close();
  writeFileSync(location.file, 'garbage');
  expect(() => openDatabase(location)).toThrow(/is no kbalertz database/);
  const { keptAs } = await restoreDatabase(location, good);
  expect(readFileSync(String(keptAs), 'utf8')).toBe('garbage');
  const restored = openDatabase(location);
  expect(await migrate(restored)).toEqual([]);
  await restored.close();
});
