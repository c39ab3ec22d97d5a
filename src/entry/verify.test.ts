import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchWrittenSource, writeSource } from '../store/scanning.fixture.ts';
import { compose } from './compose.ts';
import { composeSearch } from './compose-search.ts';
import { readConfig } from './config.ts';
import { createIndexKeeper } from './search-index-keeper.ts';
import { writeSearchSnapshot } from './search-snapshot.ts';
import { verify } from './verify.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kbalertz-verify-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the search index is compared with the archive, article by article', async () => {
  const parts = await compose(readConfig({}, { data: folder }));
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(parts.database, written);
  written.show({ a: '# Printing fails\n\nRestart the spooler.', b: '# Mail is late\n\nWait.' });
  await scanner.scan(source);
  const keeper = createIndexKeeper(composeSearch(parts.database));
  await keeper.build();
  await writeSearchSnapshot(join(folder, 'search.snapshot'), keeper.readState());
  const verifyIndex = async () =>
    (await verify(parts, () => {})).find(({ subject }) => subject === 'search index');
  expect(await verifyIndex()).toEqual({ subject: 'search index', checked: 2, wrong: 0, faults: [] });

  // What changed since the index was written is not compared: the index will hear of it.
  written.show({ a: '# Printing fails\n\nReinstall the driver.', b: '# Mail is late\n\nWait.' });
  await scanner.scan(source);
  expect(await verifyIndex()).toMatchObject({ checked: 1, wrong: 0 });

  // The archive says something else of an article, and no change tells of it.
  await sql`update articles set created_at = created_at + 1 where id = 2`.execute(parts.database.db);
  expect(await verifyIndex()).toMatchObject({
    wrong: 1,
    faults: ['The search index tells something else of article 2 than the archive.'],
  });
  await parts.close();
});
