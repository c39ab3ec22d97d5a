import type { Kysely } from 'kysely';
import type { Article, Revision, RevisionFacts } from '../knowledge/article.ts';
import { type ArticleId, asId, type SourceId } from '../knowledge/ids.ts';
import { readDocument } from '../knowledge/reading/read-document.ts';
import { hashPublished } from '../knowledge/scanning/content-hash.ts';
import { readArticle } from './articles.ts';
import { inChunks } from './insert-rows.ts';
import { loadPacked, unpackAll } from './revisions.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';

/** The articles that are there, by id. */
export async function loadArticles(
  db: Kysely<Schema>,
  ids: readonly number[],
): Promise<Map<number, Article>> {
  const found = new Map<number, Article>();
  for (const some of inChunks([...new Set(ids)], 500)) {
    const rows = await db.selectFrom('articles').selectAll().where('id', 'in', some).execute();
    for (const row of rows) found.set(row.id, readArticle(row));
  }
  return found;
}

/** In the order of the ids; those that are not there are left out. */
export async function listArticles(db: Kysely<Schema>, ids: readonly ArticleId[]): Promise<Article[]> {
  const articles = await loadArticles(db, ids);
  return ids.flatMap((id) => articles.get(id) ?? []);
}

/** Its id first, then its present names, then its former ones; active articles before retired ones. */
export async function findArticlesByName(db: Kysely<Schema>, name: string): Promise<Article[]> {
  const wanted = name.trim();
  const spellings = [wanted, wanted.toUpperCase(), ...(/^\d{5,8}$/.test(wanted) ? [`KB${wanted}`] : [])];
  const aliases = await db
    .selectFrom('article_aliases')
    .select('article_id')
    .where('value', 'in', spellings)
    .execute();
  const ids = aliases.map((alias) => alias.article_id);
  const number = /^\d{1,15}$/.test(wanted) ? Number(wanted) : null;
  const articles = await loadArticles(db, number === null ? ids : [...ids, number]);
  const isPresentName = ({ key, url, externalIds }: Article) =>
    key === wanted || url === wanted || externalIds.some((id) => spellings.includes(id));
  const rank = (article: Article) =>
    (article.id === number ? 0 : 4) + (isPresentName(article) ? 0 : 2) + (article.state === 'active' ? 0 : 1);
  return [...articles.values()].sort((a, b) => rank(a) - rank(b) || b.changedAt - a.changedAt);
}

/** Newest first. */
export async function listRevisions(
  db: Kysely<Schema>,
  id: ArticleId,
  from = 1,
): Promise<(RevisionFacts & { readonly sourceId: SourceId })[]> {
  const rows = await db
    .selectFrom('revisions')
    .innerJoin('articles', 'articles.id', 'article_id')
    .select(['source_id', 'number', 'captured_at', 'vendor_date', 'vendor_revision', 'content_hash'])
    .select(['revisions.title', 'articles.title as article_title'])
    .where('article_id', '=', id)
    .where('number', '>=', from)
    .orderBy('number', 'desc')
    .execute();
  let title = rows[0]?.article_title ?? '';
  return rows.map((row) => {
    title = row.title ?? title;
    return {
      articleId: id,
      sourceId: asId(row.source_id),
      number: row.number,
      capturedAt: asId(row.captured_at),
      title,
      vendorDate: row.vendor_date,
      vendorRevision: row.vendor_revision,
      contentHash: Buffer.from(row.content_hash).toString('hex'),
    };
  });
}

/** Throws when the database gives back another text than was kept. */
export async function loadRevision(
  db: Kysely<Schema>,
  id: ArticleId,
  number: number,
): Promise<Revision | null> {
  const facts = (await listRevisions(db, id, number)).at(-1);
  if (facts?.number !== number) return null;
  const { sourceId, ...revision } = facts;
  const packed = await loadPacked(db, id, number);
  const content = packed && (await unpackAll(db, sourceId, new Map([[id, packed]]))).get(id);
  if (!content) return null; // its source was removed in between
  const { key, published } = content;
  if (hashPublished(published) !== revision.contentHash) {
    throw new StoreError(
      'DAMAGED',
      `Revision ${number} of article ${id} is not what was kept: the database is damaged. Restore the last backup.`,
    );
  }
  return { ...revision, published, document: readDocument(published, key) };
}

export async function countArticles(db: Kysely<Schema>) {
  const states = await db
    .selectFrom('articles')
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const { revisions } = await db
    .selectFrom('revisions')
    .select((eb) => eb.fn.countAll<number>().as('revisions'))
    .executeTakeFirstOrThrow();
  const count = (state: string) => states.find((row) => row.state === state)?.count ?? 0;
  return { active: count('active'), retired: count('retired'), revisions };
}
