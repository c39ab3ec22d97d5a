import { isDeepStrictEqual } from 'node:util';
import { asId } from '../../knowledge/ids.ts';
import { readForPage } from '../../knowledge/reading/page-reading.ts';
import { listArticles, loadRevision } from '../archive-articles.ts';
import type { Database } from '../database.ts';
import { unpackReading } from '../page-readings.ts';
import { StoreError } from '../store-error.ts';
import { createTally, type Verification, type VerifyProgress } from './verification.ts';

const pageSize = 100;

/** Makes the readings that pages use anew and compares; those of other versions and revisions are not used. */
export async function verifyReadings(
  { db }: Pick<Database, 'db'>,
  { madeBy, onProgress }: { readonly madeBy: string; readonly onProgress: VerifyProgress },
): Promise<Verification> {
  const tally = createTally('readings of pages');
  const { total } = await db
    .selectFrom('page_readings')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  let done = 0;
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom('page_readings')
      .selectAll()
      .where('article_id', '>', after)
      .orderBy('article_id')
      .limit(pageSize)
      .execute();
    for (const row of page) {
      const [article] = await listArticles(db, [asId(row.article_id)]);
      if (row.made_by !== madeBy || article?.revision !== row.revision || article.key !== row.key) continue;
      const revision = await loadRevision(db, article.id, row.revision).catch((error: unknown) => {
        if (error instanceof StoreError) return null; // damaged: told by what verifies the revisions
        throw error;
      });
      if (revision?.contentHash !== Buffer.from(row.content_hash).toString('hex')) continue;
      tally.check();
      const kept = unpackReading(row.content);
      const name = `The reading kept for the page of article ${article.id}`;
      if (kept === null) tally.fault(`${name} can't be read.`);
      else if (!isDeepStrictEqual(kept, readForPage(revision, article.key)))
        tally.fault(`${name} tells something else than its revision.`);
    }
    done += page.length;
    onProgress('readings of pages', done, Math.max(done, Number(total)));
    after = page.at(-1)?.article_id ?? after;
    if (page.length < pageSize) return tally.end();
  }
}
