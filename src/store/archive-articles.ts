import type { Kysely } from 'kysely';
import type { Article, Revision, RevisionFacts } from '../knowledge/article.ts';
import { type ArticleId, asId } from '../knowledge/ids.ts';
import { readDocument } from '../knowledge/reading/read-document.ts';
import { hashPublished } from '../knowledge/scanning/content-hash.ts';
import { readArticle } from './articles.ts';
import { inChunks } from './insert-rows.ts';
import { rememberQuery } from './remember-query.ts';
import { loadPacked, unpackAll } from './revisions.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';

const selectArticle = rememberQuery((db, id: number) =>
  db.selectFrom('articles').selectAll().where('id', '=', id),
);

export async function findArticle(db: Kysely<Schema>, id: ArticleId): Promise<Article | null> {
  const [row] = await selectArticle(db, id);
  return row ? readArticle(row) : null;
}

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

/** For each name: its id first, then its present names, then its former ones; active articles before retired ones. */
export async function findArticlesByNames(
  db: Kysely<Schema>,
  names: readonly string[],
): Promise<Map<string, Article[]>> {
  const wanted = names.map((name) => ({ name, spellings: spellingsOf(name.trim()), number: numberOf(name) }));
  const idsOf = new Map<string, number[]>();
  for (const some of inChunks([...new Set(wanted.flatMap(({ spellings }) => spellings))], 500)) {
    const aliases = await db
      .selectFrom('article_aliases')
      .select(['value', 'article_id'])
      .where('value', 'in', some)
      .execute();
    for (const { value, article_id } of aliases) idsOf.set(value, [...(idsOf.get(value) ?? []), article_id]);
  }
  const named = wanted.map(({ name, spellings, number }) => {
    const ids = spellings.flatMap((spelling) => idsOf.get(spelling) ?? []);
    return { name, spellings, number, ids: [...new Set(number === null ? ids : [...ids, number])] };
  });
  const articles = await loadArticles(
    db,
    named.flatMap(({ ids }) => ids),
  );
  return new Map(
    named.map(({ name, spellings, number, ids }) => {
      const isPresentName = ({ key, url, externalIds }: Article) =>
        key === name.trim() || url === name.trim() || externalIds.some((id) => spellings.includes(id));
      const rank = (article: Article) =>
        (article.id === number ? 0 : 4) +
        (isPresentName(article) ? 0 : 2) +
        (article.state === 'active' ? 0 : 1);
      const found = ids.flatMap((id) => articles.get(id) ?? []);
      return [name, found.sort((a, b) => rank(a) - rank(b) || b.changedAt - a.changedAt)];
    }),
  );
}

function spellingsOf(name: string): string[] {
  return [name, name.toUpperCase(), ...(/^\d{5,8}$/.test(name) ? [`KB${name}`] : [])];
}

function numberOf(name: string): number | null {
  return /^\d{1,15}$/.test(name.trim()) ? Number(name) : null;
}

const selectRevisions = rememberQuery((db, id: number, from: number) =>
  db
    .selectFrom('revisions')
    .innerJoin('articles', 'articles.id', 'article_id')
    .select(['source_id', 'number', 'captured_at', 'vendor_date', 'vendor_revision', 'content_hash'])
    .select(['revisions.title', 'articles.title as article_title'])
    .where('article_id', '=', id)
    .where('number', '>=', from)
    .orderBy('number', 'desc'),
);

/** Newest first. */
export async function listRevisions(db: Kysely<Schema>, id: ArticleId, from = 1): Promise<RevisionFacts[]> {
  const rows = await selectRevisions(db, id, from);
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

export async function loadRevision(
  db: Kysely<Schema>,
  id: ArticleId,
  number: number,
): Promise<Revision | null> {
  const facts = (await listRevisions(db, id, number)).at(-1);
  return facts?.number === number ? readRevision(db, facts) : null;
}

/** Throws when the database gives back another text than was kept. */
export async function readRevision(db: Kysely<Schema>, facts: RevisionFacts): Promise<Revision | null> {
  const { articleId, number } = facts;
  const packed = await loadPacked(db, articleId, number);
  const content =
    packed && (await unpackAll(db, facts.sourceId, new Map([[articleId, packed]]))).get(articleId);
  if (!content) return null; // its source was removed in between
  const { key, published } = content;
  if (hashPublished(published) !== facts.contentHash) {
    throw new StoreError(
      'DAMAGED',
      `Revision ${number} of article ${articleId} is not what was kept: the database is damaged. Restore the last backup.`,
    );
  }
  return { ...facts, published, document: readDocument(published, key) };
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
