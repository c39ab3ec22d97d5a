import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { type AccountId, asId, type Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import { createRemedyReports } from './remedies.ts';

describeOnBothDatabases('reports on remedies', (databases) => {
  const now = asId<Instant>(1_800_000_000_000);

  test('count the last word of each account, by mode', async () => {
    const database = await databases.open();
    const [ada, bob] = [await addAccount(database, 'ada'), await addAccount(database, 'bob')];
    const reports = createRemedyReports(database);
    const report = {
      remedyId: 'print-queue',
      mode: 'default',
      accountId: ada,
      outcome: 'not-fixed',
      now,
    } as const;
    await reports.reportOutcome(report);
    await reports.reportOutcome({ ...report, outcome: 'fixed' });
    await reports.reportOutcome({ ...report, accountId: bob, outcome: 'partly' });
    await reports.reportOutcome({ ...report, mode: 'aggressive' });
    await reports.reportOutcome({ ...report, remedyId: 'another' });
    expect(await reports.countOutcomes('print-queue')).toEqual({
      default: { fixed: 1, partly: 1, 'not-fixed': 0 },
      aggressive: { fixed: 0, partly: 0, 'not-fixed': 1 },
    });
  });

  test('go with the account', async () => {
    const database = await databases.open();
    const ada = await addAccount(database, 'ada');
    const reports = createRemedyReports(database);
    await reports.reportOutcome({ remedyId: 'x', mode: 'default', accountId: ada, outcome: 'fixed', now });
    await database.db.deleteFrom('accounts').where('id', '=', ada).execute();
    expect((await reports.countOutcomes('x')).default.fixed).toBe(0);
  });
});

async function addAccount({ db }: Database, name: string): Promise<AccountId> {
  const { id } = await db
    .insertInto('accounts')
    .values({
      address: `${name}@example.org`,
      address_key: `${name}@example.org`,
      confirmed_at: 1,
      role: 'reader',
      password_hash: null,
      time_zone: 'UTC',
      digest_hour: 6,
      paused: 0,
      next_digest_at: null,
      told_through: null,
      unsubscribe_secret: name,
      created_at: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return asId(id);
}
