import type { RemedyReports } from '../remedies/remedy-library.ts';
import type { Database } from './database.ts';

/** What readers told of remedies. */
export function createRemedyReports({ db }: Pick<Database, 'db'>): RemedyReports {
  return {
    async reportOutcome({ remedyId, mode, accountId, outcome, now }) {
      await db
        .insertInto('remedy_reports')
        .values({ remedy_id: remedyId, mode, account_id: accountId, outcome, reported_at: now })
        .onConflict((conflict) =>
          conflict.columns(['remedy_id', 'mode', 'account_id']).doUpdateSet({ outcome, reported_at: now }),
        )
        .execute();
    },
    async countOutcomes(remedyId) {
      const rows = await db
        .selectFrom('remedy_reports')
        .select(['mode', 'outcome', (eb) => eb.fn.countAll<number>().as('reports')])
        .where('remedy_id', '=', remedyId)
        .groupBy(['mode', 'outcome'])
        .execute();
      const count = (mode: string, outcome: string) =>
        Number(rows.find((row) => row.mode === mode && row.outcome === outcome)?.reports ?? 0);
      const tally = (mode: string) => ({
        fixed: count(mode, 'fixed'),
        partly: count(mode, 'partly'),
        'not-fixed': count(mode, 'not-fixed'),
      });
      return { default: tally('default'), aggressive: tally('aggressive') };
    },
  };
}
