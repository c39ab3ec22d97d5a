import { type Kysely, sql } from 'kysely';
import type { Curation, TechnologyDoubt } from '../community/curation.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { inChunks, insertRows } from './insert-rows.ts';
import type { Schema } from './schema.ts';

/** What curators say about technologies; see Curation for what each function answers. */
export function createCuration({ kind, db }: Database): Curation {
  return {
    async listDoubts(limit) {
      const rows = await selectDoubts(db)
        .innerJoin('articles', 'articles.id', 'feedback.article_id')
        .select(['feedback.article_id', 'feedback.body', 'articles.title', 'feedback_reports.feedback_id'])
        .select(['feedback_reports.note', 'feedback_reports.reported_at'])
        .orderBy('feedback_reports.id')
        .limit(limit * 20)
        .execute();
      const doubts = [...Map.groupBy(rows, (row) => row.article_id)].slice(0, limit);
      return doubts.map(
        ([articleId, some]): TechnologyDoubt => ({
          articleId: asId(articleId),
          articleTitle: some[0]?.title ?? '',
          reports: some.map((row) => ({
            feedbackId: asId(row.feedback_id),
            text: row.body,
            note: row.note,
            reportedAt: asId(row.reported_at),
          })),
        }),
      );
    },
    async countDoubts() {
      const { count } = await selectDoubts(db)
        .select((eb) => eb.fn.count<number>('feedback.article_id').distinct().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async listCorrections(id) {
      const rows = await db
        .selectFrom('technology_corrections')
        .selectAll()
        .where('article_id', '=', id)
        .execute();
      return rows.map((row) => ({ technologyId: asId(row.technology_id), applies: row.applies === 1 }));
    },
    correctTechnologies: ({ articleId, corrections, curatorId, now }) =>
      db.transaction().execute(async (tx) => {
        const query = tx.selectFrom('articles').selectAll().where('id', '=', articleId);
        const article = await (kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
        if (article === undefined) return 'not-found';
        const before = await listOwnTechnologies(tx, articleId);
        for (const { technologyId, applies } of corrections) {
          const row = { applies: applies ? 1 : 0, curator_id: curatorId, corrected_at: now };
          await tx
            .insertInto('technology_corrections')
            .values({ article_id: articleId, technology_id: technologyId, ...row })
            .onConflict((conflict) => conflict.columns(['article_id', 'technology_id']).doUpdateSet(row))
            .execute();
        }
        await applyCorrections(tx, [articleId]);
        const after = await listOwnTechnologies(tx, articleId);
        const isCorrected = new Set(before).symmetricDifference(new Set(after)).size > 0;
        await judgeReports(tx, [articleId], { verdict: isCorrected ? 'right' : 'wrong', now });
        if (!isCorrected) return 'left-as-it-is';
        await logCorrections(tx, [article], { technologies: [...before, ...after], now });
        return 'corrected';
      }),
  };
}

/** Reports that the technology is wrong and that no curator has looked at. */
function selectDoubts(db: Kysely<Schema>) {
  return db
    .selectFrom('feedback_reports')
    .innerJoin('feedback', 'feedback.id', 'feedback_reports.feedback_id')
    .where('feedback_reports.reason', '=', 'wrong-technology')
    .where('feedback_reports.curated_at', 'is', null);
}

async function listOwnTechnologies(tx: Kysely<Schema>, articleId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('article_technologies')
    .select('technology_id')
    .where('article_id', '=', articleId)
    .execute();
  return rows.map((row) => row.technology_id);
}

/** Makes the technologies of the articles what curators say: also what a scan wrote that began before they said it. */
export async function applyCorrections(tx: Kysely<Schema>, articleIds: readonly number[]): Promise<void> {
  await tx
    .deleteFrom('article_technologies')
    .where('article_id', 'in', articleIds)
    .where(
      sql<boolean>`exists (select 1 from technology_corrections c where c.applies = 0
        and c.article_id = article_technologies.article_id
        and c.technology_id = article_technologies.technology_id)`,
    )
    .execute();
  const added = await tx
    .selectFrom('technology_corrections')
    .select(['article_id', 'technology_id'])
    .where('article_id', 'in', articleIds)
    .where('applies', '=', 1)
    .execute();
  await insertRows(tx, 'article_technologies', added, { ignoring: 'those that are there' });
}

/** Of those reports on the articles that no curator has looked at. */
export async function judgeReports(
  tx: Kysely<Schema>,
  articleIds: readonly number[],
  { verdict, now }: { readonly verdict: 'right' | 'wrong'; readonly now: number },
): Promise<void> {
  await tx
    .updateTable('feedback_reports')
    .set({ curated_at: now, verdict })
    .where('reason', '=', 'wrong-technology')
    .where('curated_at', 'is', null)
    .where('feedback_id', 'in', (eb) =>
      eb.selectFrom('feedback').select('id').where('article_id', 'in', articleIds),
    )
    .execute();
}

/**
 * For each of the articles, which are of one source, an invisible change that alerts nobody: the search, which follows
 * the change log, indexes it anew, and its history says what was done.
 */
export async function logCorrections(
  tx: Kysely<Schema>,
  articles: readonly { readonly id: number; readonly source_id: number; readonly revision: number }[],
  { technologies, now }: { readonly technologies: readonly number[]; readonly now: number },
): Promise<void> {
  const reasons = JSON.stringify([
    { code: 'technologies-corrected', section: null, sentence: 'A curator corrected the technologies' },
  ]);
  await insertRows(tx, 'change_reasons', [{ reasons }], { ignoring: 'those that are there' });
  const { id: reasonsId } = await tx
    .selectFrom('change_reasons')
    .select('id')
    .where('reasons', '=', reasons)
    .executeTakeFirstOrThrow();
  const scan = await tx
    .selectFrom('scans')
    .select((eb) => eb.fn.max('id').as('id'))
    .where('source_id', '=', articles[0]?.source_id ?? 0)
    .executeTakeFirst();
  const scanId = scan?.id;
  if (!scanId) return; // an article without a scan is one of a test: nothing follows it
  const all = [...(await withAncestors(tx, technologies))];
  for (const some of inChunks(articles, 50)) {
    const changes = await tx
      .insertInto('changes')
      .values(
        some.map((article) => ({
          article_id: article.id,
          source_id: article.source_id,
          scan_id: scanId,
          kind: 'revised',
          from_revision: article.revision,
          to_revision: article.revision,
          significance: 'invisible',
          reasons_id: reasonsId,
          passage: null,
          bulk_edit_id: null,
          alerts: 0,
          occurred_at: now,
          recorded_at: now,
        })),
      )
      .returning('id')
      .execute();
    const links = changes.flatMap(({ id }) =>
      all.map((technologyId) => ({ change_id: id, technology_id: technologyId })),
    );
    await insertRows(tx, 'change_technologies', links);
  }
}

async function withAncestors(tx: Kysely<Schema>, ids: readonly number[]): Promise<Set<number>> {
  const rows = await tx.selectFrom('technologies').select(['id', 'parent_id']).execute();
  const parents = new Map(rows.map((row) => [row.id, row.parent_id]));
  const all = new Set<number>();
  for (const own of ids) {
    for (let id: number | null = own; id !== null && !all.has(id); id = parents.get(id) ?? null) all.add(id);
  }
  return all;
}
