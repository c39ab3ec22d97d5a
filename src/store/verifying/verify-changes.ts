import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { createTally, type Verification, type VerifyProgress } from './verification.ts';

const pageSize = 5000;

/** What triggers write into `alert_topics`, said once more and independently of them. */
const topicsOfChanges = sql`
  select f.topic_kind, f.topic_id, r.threshold, c.id as change_id from changes c
  join (select 'article' as topic_kind, article_id as topic_id, id as change_id from changes
        union all select 'source', source_id, id from changes
        union all select 'technology', technology_id, change_id from change_technologies) f on f.change_id = c.id
  join (select 'new' as threshold union all select 'material' union all select 'minor' union all select 'invisible') r
    on (r.threshold = 'new' and c.kind = 'created') or (r.threshold = 'material' and c.significance = 'material')
      or (r.threshold = 'minor' and c.significance in ('material', 'minor')) or r.threshold = 'invisible'
  where c.alerts = 1`;

/**
 * Derives again what each change can be followed by, and compares: its topics, the technologies above those that it
 * concerns, and the revisions between which it stands.
 */
export async function verifyChanges(
  { db }: Pick<Database, 'db'>,
  onProgress: VerifyProgress,
): Promise<Verification> {
  const tally = createTally('changes');
  const last = await db
    .selectFrom('changes')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirst();
  const through = Number(last?.last ?? 0);
  for (let from = 0; from < through; from += pageSize) {
    const to = from + pageSize;
    const { rows: counted } = await sql<{ count: number }>`
      select count(*) as count from changes where id > ${from} and id <= ${to}`.execute(db);
    tally.check(Number(counted[0]?.count ?? 0));
    const within = sql`change_id > ${from} and change_id <= ${to}`;
    const kept = sql`select topic_kind, topic_id, threshold, change_id from alert_topics where ${within}`;
    const derived = sql`select topic_kind, topic_id, threshold, change_id from (${topicsOfChanges}) t where ${within}`;
    for (const [those, others, fault] of [
      [derived, kept, 'would not be told to all who follow it'],
      [kept, derived, 'would be told to some who do not follow it'],
    ] as const) {
      const { rows } = await sql<{ change_id: number }>`
        select change_id from (${those} except ${others}) differing group by change_id order by change_id`.execute(
        db,
      );
      for (const row of rows) {
        tally.fault(`Change ${row.change_id} ${fault}: its topics are not what follows from it.`);
      }
    }
    const { rows: orphans } = await sql<{ change_id: number; name: string }>`
      select l.change_id, p.name from change_technologies l
      join technologies t on t.id = l.technology_id join technologies p on p.id = t.parent_id
      where l.change_id > ${from} and l.change_id <= ${to}
        and not exists (select 1 from change_technologies above
                        where above.change_id = l.change_id and above.technology_id = t.parent_id)
      order by l.change_id`.execute(db);
    for (const row of orphans)
      tally.fault(
        `Change ${row.change_id} lacks the technology "${row.name}", which is above one of its own.`,
      );
    const { rows: astray } = await sql<{ id: number }>`
      select c.id from changes c where c.id > ${from} and c.id <= ${to}
        and (not exists (select 1 from revisions r where r.article_id = c.article_id and r.number = c.to_revision)
          or (c.from_revision is not null
            and not exists (select 1 from revisions r where r.article_id = c.article_id and r.number = c.from_revision)))
      order by c.id`.execute(db);
    for (const row of astray) tally.fault(`Change ${row.id} names a revision that is not kept.`);
    onProgress('changes', Math.min(to, through), through);
  }
  return tally.end();
}
