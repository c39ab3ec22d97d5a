import type { Kysely } from 'kysely';
import { asId, type SourceId } from '../../knowledge/ids.ts';
import { hashPublished } from '../../knowledge/scanning/content-hash.ts';
import type { Database } from '../database.ts';
import { decodeDelta, decodeNewest } from '../revision-codec.ts';
import { unpackAll } from '../revisions.ts';
import type { Schema } from '../schema.ts';
import { createTally, type Verification, type VerifyProgress } from './verification.ts';

const pageSize = 100;
type Tally = ReturnType<typeof createTally>;

/** Reads every revision anew and compares its hash with the one that was kept when it was captured. */
export async function verifyRevisions(
  { db }: Pick<Database, 'db'>,
  onProgress: VerifyProgress,
): Promise<Verification> {
  const tally = createTally('revisions');
  const { total } = await db
    .selectFrom('articles')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  let done = 0;
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom('articles')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    for (const { id } of page) await verifyArticle(db, id, tally);
    done += page.length;
    onProgress('revisions', done, Number(total));
    after = page.at(-1)?.id ?? after;
    if (page.length < pageSize) return tally.end();
  }
}

async function verifyArticle(db: Kysely<Schema>, id: number, tally: Tally): Promise<void> {
  const rows = await listRevisionContents(db, id);
  const [article] = rows;
  if (article === undefined) return; // its source was removed in between
  const isWhole =
    rows.length === article.revision && rows.every(({ number }, at) => number === article.revision - at);
  if (!isWhole) {
    tally.fault(`Article ${id} should have the revisions 1 to ${article.revision}, and has not.`);
  }
  let successor: Buffer | null = null;
  for (const { number, content_hash, source_id, newest, delta } of rows) {
    if (number === null || content_hash === null) continue;
    tally.check();
    const name = `Revision ${number} of article ${id}`;
    try {
      if (newest !== null) successor = decodeNewest(newest);
      else if (delta !== null && successor !== null) successor = decodeDelta(delta, successor);
      else
        throw new Error(
          'its content, or that of a later one from which it is kept as a difference, is missing',
        );
      const contents = await unpackAll(db, asId<SourceId>(source_id), new Map([[number, successor]]));
      const published = contents.get(number)?.published;
      if (published === undefined || hashPublished(published) !== Buffer.from(content_hash).toString('hex')) {
        tally.fault(`${name} is not the text that was captured.`);
      }
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
      tally.fault(`${name} can't be read: ${why.slice(0, 200)}`);
      successor = null;
    }
  }
}

/** Newest first, in one statement: a scan that commits between two would look like damage. */
function listRevisionContents(db: Kysely<Schema>, id: number) {
  return db
    .selectFrom('articles as a')
    .leftJoin('revisions as r', 'r.article_id', 'a.id')
    .leftJoin('newest_contents as n', (join) =>
      join.onRef('n.article_id', '=', 'a.id').onRef('r.number', '=', 'a.revision'),
    )
    .leftJoin('revision_deltas as d', (join) =>
      join.onRef('d.article_id', '=', 'a.id').onRef('d.number', '=', 'r.number'),
    )
    .select(['a.source_id', 'a.revision', 'r.number', 'r.content_hash'])
    .select(['n.content as newest', 'd.content as delta'])
    .where('a.id', '=', id)
    .orderBy('r.number', 'desc')
    .execute();
}
