import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createAccountStore } from './accounts.ts';
import { createDigestLedger } from './digests.ts';
import { createSessionStore } from './sessions.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { createTeamStore } from './teams.ts';

const monday7 = Date.parse('2026-03-02T07:00:00Z');
const dayMs = 86_400_000;
const at = (ms: number) => asId<Instant>(ms);

describeOnBothDatabases('teams', (databases) => {
  async function open() {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    const teams = createTeamStore(database);
    const [ada, bob] = [await world.addAccount(), await world.addAccount()];
    const team = await teams.insertTeam({
      name: 'Messaging',
      slug: 'messaging',
      owner: { id: ada, timeZone: 'UTC', digestHour: 7 },
      unsubscribeSecret: 'of the team',
      nextDigestAt: at(monday7),
      now: at(monday7 - 2 * dayMs),
    });
    if (team === null) throw new Error('not made');
    const exchange = await world.addTechnology('Exchange');
    const article = await world.addArticle('Mail waits');
    const subscriptions = createSubscriptionStore(database);
    await subscriptions.follow({
      accountId: team.accountId,
      followed: { kind: 'technology', technologyId: exchange },
      threshold: 'material',
      now: at(monday7 - dayMs),
    });
    const join = async (hash: string) => {
      await teams.insertInvitation({
        teamId: team.id,
        address: 'bob@example.org',
        addressKey: 'bob@example.org',
        tokenHash: hash,
        invitedBy: ada,
        now: at(0),
        expiresAt: at(100),
      });
      return teams.acceptInvitation(hash, bob, at(50));
    };
    const plan = async (now: number) => {
      await world.recordChange({ articleId: article, technologies: [exchange] });
      return planDigests({ ledger: createDigestLedger(database), clock: { now: () => at(now) } });
    };
    return { database, db: database.db, teams, team, ada, bob, article, join, plan };
  }

  test('have digests in the ledger like people, without mail where there is no mailbox', async () => {
    const { database, db, teams, team, article, plan } = await open();
    expect(await plan(monday7)).toMatchObject({ digests: 1, changes: 1 });
    expect(await plan(monday7 + 3_600_000)).toMatchObject({ digests: 0 });
    expect(await db.selectFrom('deliveries').selectAll().execute()).toEqual([]);
    await db
      .updateTable('accounts')
      .set({ address: 'team@example.org', address_key: 'team@example.org' })
      .where('id', '=', team.accountId)
      .execute();
    expect(await plan(monday7 + dayMs)).toMatchObject({ digests: 1, changes: 2 });
    expect(await db.selectFrom('deliveries').select('channel').execute()).toEqual([{ channel: 'mail' }]);
    const entries = await teams.listEntries({ team, open: true, limit: 10 });
    expect(entries.map((entry) => [entry.localDate, entry.articleId, entry.title])).toEqual([
      ['2026-03-03', article, 'Mail waits'],
      ['2026-03-02', article, 'Mail waits'],
    ]);
    await teams.clearMailbox(team);
    expect(await createAccountStore(database).findAccount(team.accountId)).toMatchObject({
      address: '',
      kind: 'team',
    });
  });

  test('sign nobody in, are no accounts of people, and their mailbox is nobody’s', async () => {
    const { database, db, team } = await open();
    const accounts = createAccountStore(database);
    expect(await accounts.findAccountByKey('team:messaging')).toBeNull();
    expect((await accounts.listAccounts({ limit: 10, after: null })).map((one) => one.kind)).toEqual([
      'person',
      'person',
    ]);
    const session = { tokenHash: 'x', accountId: team.accountId, userAgent: '', method: 'link' } as const;
    const times = { createdAt: at(0), seenAt: at(0), provenAt: at(0), expiresAt: at(9) };
    await expect(createSessionStore({ db }).insertSession({ ...session, ...times })).rejects.toThrow(
      'a team signs nobody in',
    );
  });

  test('note what becomes of an entry, keep the history, and refuse what is not theirs', async () => {
    const { teams, team, ada, bob, article, join, plan } = await open();
    await plan(monday7);
    const [entry] = await teams.listEntries({ team, open: true, limit: 10 });
    if (entry === undefined) throw new Error('no entry');
    const mark = (given: object) =>
      teams.markEntry({
        team,
        digestId: entry.digestId,
        articleId: article,
        state: 'assigned',
        assignedTo: ada,
        by: ada,
        now: at(monday7),
        ...given,
      });
    expect(await mark({ assignedTo: bob })).toBe(false);
    expect(await mark({ articleId: asId(999) })).toBe(false);
    expect(await mark({ digestId: asId(999) })).toBe(false);
    expect(await mark({})).toBe(true);
    await join('hash');
    expect(await mark({ state: 'done', assignedTo: null, by: bob, now: at(monday7 + 5) })).toBe(true);
    expect(await teams.listEntries({ team, open: true, limit: 10 })).toEqual([]);
    const [done] = await teams.listEntries({ team, open: false, limit: 10 });
    expect(done?.marks.map(({ state }) => state)).toEqual(['assigned', 'done']);
  });

  test('report each week once, and tell each member once', async () => {
    const { db, teams, team, ada, bob, join, plan } = await open();
    await db.updateTable('accounts').set({ confirmed_at: 1 }).execute();
    await plan(monday7);
    await join('hash');
    await teams.setWantsReport(team.id, bob, false);
    const week = { week: '2026-03-02', fromAt: at(monday7 - 7 * 3_600_000), toAt: at(monday7 + 7 * dayMs) };
    const make = () => teams.makeReport({ team, ...week, now: at(monday7 + 8 * dayMs) });
    expect(await teams.listTeamsWithoutReport(week.week)).toEqual([team]);
    const made = await Promise.all([make(), make()]);
    expect(made.filter((report) => report !== null)).toMatchObject([{ entries: 1, stillOpen: 1, done: 0 }]);
    expect(await teams.listTeamsWithoutReport(week.week)).toEqual([]);
    const claim = () => teams.claimReportLetters(at(0), at(monday7 + 8 * dayMs));
    const letters = (await Promise.all([claim(), claim()])).flat();
    expect(letters.map((letter) => letter.member.accountId)).toEqual([ada]);
    const row = { team_id: team.id, week: week.week, from_at: 0, to_at: 1, entries: 0, done: 0 };
    const again = db
      .insertInto('team_reports')
      .values({ ...row, not_relevant: 0, still_open: 0, made_at: 0 })
      .execute();
    await expect(again).rejects.toThrow();
  });

  test('are found by members only, joined by an invitation once, and always have an owner', async () => {
    const { database, db, teams, team, ada, bob, join } = await open();
    expect(await teams.findTeam('messaging', bob)).toBeNull();
    const joined = await Promise.all([join('one'), teams.acceptInvitation('one', bob, at(50))]);
    expect(joined.filter((one) => one !== null)).toHaveLength(1);
    expect(await teams.acceptInvitation('one', bob, at(50))).toBeNull();
    expect(await teams.findTeam('messaging', bob)).toMatchObject({ role: 'member' });
    expect(await teams.removeMember(team.id, ada)).toBe('last-owner');
    expect(await teams.setMemberRole(team.id, ada, 'member')).toBe('last-owner');
    expect(await teams.setMemberRole(team.id, bob, 'owner')).toBe('done');
    const steps = await Promise.all([ada, bob].map((id) => teams.setMemberRole(team.id, id, 'member')));
    expect(steps.sort()).toEqual(['done', 'last-owner']);
    const accounts = createAccountStore(database);
    await accounts.deleteAccount(ada);
    expect(await teams.listMembers(team.id)).toMatchObject([{ accountId: bob, role: 'owner' }]);
    await accounts.deleteAccount(bob);
    expect(await db.selectFrom('teams').selectAll().execute()).toEqual([]);
    expect(await accounts.findAccount(team.accountId)).toBeNull();
  });
});
