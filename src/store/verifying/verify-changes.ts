import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { createTally, type Verification, type VerifyProgress } from './verification.ts';

const pageSize = 5000;

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
    for (const [table, other, fault] of [
      ['topics_of_changes', 'alert_topics', 'would not be told to all who follow it'],
      ['alert_topics', 'topics_of_changes', 'would be told to some who do not follow it'],
    ] as const) {
      const { rows } = await sql<{ change_id: number }>`
        select change_id from (
          select topic_kind, topic_id, threshold, change_id from ${sql.table(table)}
          where change_id > ${from} and change_id <= ${to}
          except
          select topic_kind, topic_id, threshold, change_id from ${sql.table(other)}
          where change_id > ${from} and change_id <= ${to}) differing
        group by change_id order by change_id`.execute(db);
      for (const row of rows)
        tally.fault(`Change ${row.change_id} ${fault}: its topics are not what follows from it.`);
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
