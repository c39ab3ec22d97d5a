import { type Kysely, sql } from 'kysely';
import { type BoardEntry, markStates, type TeamStore } from '../accounts/teams/team.ts';
import { type ChangeKind, changeKinds, type Significance, significances } from '../knowledge/change.ts';
import { asId } from '../knowledge/ids.ts';
import type { Schema } from './schema.ts';

/** The entries of a team's digests and what was done with them. */
export function createTeamBoard(db: Kysely<Schema>): Pick<TeamStore, 'listEntries' | 'markEntry'> {
  return {
    async listEntries({ team, open, since, until, limit }) {
      const { rows } = await sql<EntryRow>`
        select d.id as digest_id, d.local_date, c.article_id, a.title, l.kind, l.significance
        from digests d
        join (select t.digest_id, g.article_id, max(g.id) as last from digest_changes t
          join changes g on g.id = t.change_id where t.account_id = ${team.accountId}
          group by t.digest_id, g.article_id) c on c.digest_id = d.id
        join changes l on l.id = c.last join articles a on a.id = c.article_id
        where d.account_id = ${team.accountId} and d.planned_at >= ${since ?? 0}
          and d.planned_at < ${until ?? Number.MAX_SAFE_INTEGER}
          ${open ? sql`and coalesce(${latestState(team.id)}, 'open') not in ('done', 'not-relevant')` : sql``}
        order by d.planned_at desc, case l.significance when 'material' then 0 else 1 end, l.id desc
        limit ${limit}`.execute(db);
      const marks = await loadMarks(db, team.id, [...new Set(rows.map((row) => row.digest_id))]);
      return rows.map((row) => ({
        digestId: asId(row.digest_id),
        articleId: asId(row.article_id),
        localDate: row.local_date,
        title: row.title,
        kind: changeKinds.find((kind) => kind === row.kind) ?? ('revised' satisfies ChangeKind),
        significance:
          significances.find((one) => one === row.significance) ?? ('minor' satisfies Significance),
        marks: marks.get(`${row.digest_id} ${row.article_id}`) ?? [],
      }));
    },

    markEntry: ({ team, digestId, articleId, state, assignedTo, by, now }) =>
      db.transaction().execute(async (tx) => {
        const entry = await tx
          .selectFrom('digest_changes')
          .innerJoin('changes', 'changes.id', 'digest_changes.change_id')
          .select('changes.id')
          .where('digest_changes.account_id', '=', team.accountId)
          .where('digest_changes.digest_id', '=', digestId)
          .where('changes.article_id', '=', articleId)
          .executeTakeFirst();
        const assignee =
          assignedTo === null
            ? null
            : await tx
                .selectFrom('team_members')
                .select('account_id')
                .where('team_id', '=', team.id)
                .where('account_id', '=', assignedTo)
                .executeTakeFirst();
        if (entry === undefined || assignee === undefined) return false;
        await tx
          .insertInto('team_marks')
          .values({
            team_id: team.id,
            digest_id: digestId,
            article_id: articleId,
            state,
            assigned_to: assignedTo,
            marked_by: by,
            marked_at: now,
          })
          .execute();
        return true;
      }),
  };
}

type EntryRow = {
  digest_id: number;
  local_date: string;
  article_id: number;
  title: string;
  kind: string;
  significance: string;
};

/** Of the entry `(d.id, c.article_id)`: its newest mark says how it stands. */
export function latestState(teamId: number) {
  return sql`(select m.state from team_marks m where m.team_id = ${teamId} and m.digest_id = d.id
    and m.article_id = c.article_id order by m.id desc limit 1)`;
}

async function loadMarks(db: Kysely<Schema>, teamId: number, digests: readonly number[]) {
  const marks = new Map<string, BoardEntry['marks'][number][]>();
  if (digests.length === 0) return marks;
  const rows = await db
    .selectFrom('team_marks as m')
    .leftJoin('accounts as t', 't.id', 'm.assigned_to')
    .leftJoin('accounts as b', 'b.id', 'm.marked_by')
    .selectAll('m')
    .select(['t.address as assignee', 'b.address as author'])
    .where('m.team_id', '=', teamId)
    .where('m.digest_id', 'in', digests)
    .orderBy('m.id')
    .execute();
  for (const row of rows) {
    const key = `${row.digest_id} ${row.article_id}`;
    const state = markStates.find((one) => one === row.state) ?? 'open';
    const mark = { state, assignedTo: row.assignee, by: row.author, at: asId<never>(row.marked_at) };
    marks.set(key, [...(marks.get(key) ?? []), mark]);
  }
  return marks;
}
