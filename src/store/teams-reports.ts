import { type Kysely, type Selectable, sql } from 'kysely';
import type { TeamReport, TeamStore } from '../accounts/teams/team.ts';
import { asId } from '../knowledge/ids.ts';
import type { Schema } from './schema.ts';
import { latestState } from './teams-board.ts';
import { readTeam } from './teams-read.ts';

type Reports = Pick<
  TeamStore,
  'listTeamsWithoutReport' | 'makeReport' | 'listReports' | 'claimReportLetters'
>;

/** The weekly reports of teams; one a week at most is a constraint. */
export function createTeamReports(db: Kysely<Schema>): Reports {
  return {
    async listTeamsWithoutReport(week) {
      const rows = await db
        .selectFrom('teams')
        .selectAll('teams')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('team_reports')
                .select('team_reports.id')
                .whereRef('team_reports.team_id', '=', 'teams.id')
                .where('team_reports.week', '=', week),
            ),
          ),
        )
        .orderBy('teams.id')
        .execute();
      return rows.map(readTeam);
    },

    makeReport: ({ team, week, fromAt, toAt, now }) =>
      db.transaction().execute(async (tx) => {
        const counts = await countWeek(tx, team.id, team.accountId, fromAt, toAt);
        if (counts.entries + counts.done + counts.not_relevant + counts.still_open === 0) return null;
        const row = await tx
          .insertInto('team_reports')
          .values({ team_id: team.id, week, from_at: fromAt, to_at: toAt, ...counts, made_at: now })
          .onConflict((conflict) => conflict.columns(['team_id', 'week']).doNothing())
          .returningAll()
          .executeTakeFirst();
        return row === undefined ? null : readReport(row);
      }),

    async listReports(id, limit) {
      const rows = await db
        .selectFrom('team_reports')
        .selectAll()
        .where('team_id', '=', id)
        .orderBy('week', 'desc')
        .limit(limit)
        .execute();
      return rows.map(readReport);
    },

    claimReportLetters: (since, now) =>
      db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ report_id: number; account_id: number }>`
          insert into team_report_letters (report_id, account_id, queued_at)
          select r.id, m.account_id, ${now} from team_reports r
          join team_members m on m.team_id = r.team_id and m.wants_report = 1
          join accounts a on a.id = m.account_id and a.confirmed_at is not null
          where r.made_at >= ${since} and not exists (select 1 from team_report_letters l
            where l.report_id = r.id and l.account_id = m.account_id)
          on conflict do nothing returning report_id, account_id`.execute(tx);
        const letters = [];
        for (const { report_id, account_id } of rows) {
          const row = await tx
            .selectFrom('team_reports as r')
            .innerJoin('teams', 'teams.id', 'r.team_id')
            .innerJoin('team_members as m', 'm.team_id', 'r.team_id')
            .innerJoin('accounts as a', 'a.id', 'm.account_id')
            .selectAll('teams')
            .select(['a.address', 'm.role', 'm.joined_at'])
            .where('r.id', '=', report_id)
            .where('m.account_id', '=', account_id)
            .executeTakeFirstOrThrow();
          const report = await tx
            .selectFrom('team_reports')
            .selectAll()
            .where('id', '=', report_id)
            .executeTakeFirstOrThrow();
          const role = row.role === 'owner' ? ('owner' as const) : ('member' as const);
          const member = {
            accountId: asId<never>(account_id),
            address: row.address,
            role,
            wantsReport: true,
          };
          letters.push({
            team: readTeam(row),
            report: readReport(report),
            member: { ...member, joinedAt: asId<never>(row.joined_at) },
          });
        }
        return letters;
      }),
  };
}

/** What the digests of the week brought, what was marked in it, and what is open at its end. */
async function countWeek(tx: Kysely<Schema>, teamId: number, accountId: number, from: number, to: number) {
  const { rows } = await sql<{ entries: number; still_open: number }>`
    select coalesce(sum(case when d.planned_at >= ${from} then 1 else 0 end), 0) as entries,
      coalesce(sum(case when coalesce(${latestState(teamId)}, 'open') not in ('done', 'not-relevant')
        then 1 else 0 end), 0) as still_open
    from digests d join (select distinct t.digest_id, g.article_id from digest_changes t
      join changes g on g.id = t.change_id where t.account_id = ${accountId}) c on c.digest_id = d.id
    where d.account_id = ${accountId} and d.planned_at < ${to}`.execute(tx);
  const marked = await tx
    .selectFrom('team_marks')
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .where('team_id', '=', teamId)
    .where('marked_at', '>=', from)
    .where('marked_at', '<', to)
    .groupBy('state')
    .execute();
  const count = (state: string) => Number(marked.find((row) => row.state === state)?.count ?? 0);
  return {
    entries: Number(rows[0]?.entries ?? 0),
    still_open: Number(rows[0]?.still_open ?? 0),
    done: count('done'),
    not_relevant: count('not-relevant'),
  };
}

function readReport(row: Selectable<Schema['team_reports']>): TeamReport {
  return {
    id: row.id,
    week: row.week,
    fromAt: asId(row.from_at),
    toAt: asId(row.to_at),
    entries: row.entries,
    done: row.done,
    notRelevant: row.not_relevant,
    stillOpen: row.still_open,
  };
}
