import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import type { NewAccount } from '../accounts/account-store.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createAccountStore } from './accounts.ts';
import { openDatabase } from './database.ts';
import { createRateLimits } from './rate-limits.ts';
import { createSessionStore } from './sessions.ts';
import { createTokenStore } from './tokens.ts';

const at = (ms: number): Instant => asId(ms);
const ada: NewAccount = {
  address: 'Ada@example.org',
  addressKey: 'ada@example.org',
  role: 'reader',
  timeZone: 'Europe/Berlin',
  digestHour: 7,
  unsubscribeSecret: 'secret-of-ada',
  createdAt: at(1_000),
};
const bob: NewAccount = {
  ...ada,
  address: 'bob@example.org',
  addressKey: 'bob@example.org',
  unsubscribeSecret: 'secret-of-bob',
};

describeOnBothDatabases('accounts', (databases) => {
  async function open() {
    const database = await databases.open();
    const accounts = createAccountStore(database);
    const insert = async (account: NewAccount) => {
      const inserted = await accounts.insertAccount(account);
      if (inserted === null) throw new Error('not inserted');
      return inserted;
    };
    return { ...database, accounts, insert };
  }

  test('are found by id, key and unsubscribe secret, and one key has one account', async () => {
    const { accounts, insert } = await open();
    const account = await insert(ada);
    expect(account).toMatchObject({ address: 'Ada@example.org', confirmedAt: null, hasPassword: false });
    expect(await accounts.insertAccount({ ...ada, unsubscribeSecret: 'other' })).toBeNull();
    expect(await accounts.findAccountByKey('ada@example.org')).toEqual(account);
    expect(await accounts.findAccountByUnsubscribeSecret('secret-of-ada')).toEqual(account);
    expect(await accounts.findAccount(account.id)).toEqual(account);
    expect(await accounts.findAccountByUnsubscribeSecret('other')).toBeNull();
  });

  test('have an administrator to the end, however many would leave at the same time', async () => {
    const location = await databases.locate();
    const [one, two] = [openDatabase(location), openDatabase(location)];
    const stores = [one, two].map((database) => createAccountStore(database));
    for (let round = 0; round < 6; round += 1) {
      const key = (n: number) => `${round}-${n}@example.org`;
      const made = await Promise.all(
        Array.from({ length: 5 }, (_, n) =>
          stores[0]?.insertAccount({
            ...ada,
            address: key(n),
            addressKey: key(n),
            unsubscribeSecret: key(n),
          }),
        ),
      );
      const ids = made.flatMap((account) => (account ? [account.id] : []));
      for (const id of ids) await stores[0]?.changeRole(id, 'administrator');
      const before = await one.db
        .selectFrom('accounts')
        .select('id')
        .where('role', '=', 'administrator')
        .execute();
      const outcomes = await Promise.all(
        before.map(async ({ id }, n) => {
          const store = stores[n % 2];
          if (n % 3 === 0) return store?.deleteAccount(asId(id));
          return (await store?.changeRole(asId(id), 'reader'))?.kind;
        }),
      );
      expect(outcomes.filter((outcome) => outcome === 'last-administrator')).toHaveLength(1);
      expect(await stores[1]?.countAccounts()).toMatchObject({ administrators: 1 });
    }
    const role = one.db.updateTable('accounts').set({ role: 'reader' }).execute();
    await expect(role).rejects.toThrow('the last administrator stays');
    const all = one.db.deleteFrom('accounts').where('role', '=', 'administrator').execute();
    await expect(all).rejects.toThrow('the last administrator stays');
    await Promise.all([one.close(), two.close()]);
  });

  test('change what is set and keep what is left out', async () => {
    const { accounts, insert } = await open();
    const { id } = await insert(ada);
    const changed = await accounts.updateAccount(id, { paused: true, passwordHash: 'h', digestHour: 0 });
    expect(changed).toMatchObject({
      paused: true,
      hasPassword: true,
      digestHour: 0,
      timeZone: 'Europe/Berlin',
    });
    expect(await accounts.loadPasswordHash(id)).toBe('h');
    expect(await accounts.updateAccount(id, { passwordHash: null })).toMatchObject({ hasPassword: false });
    expect(await accounts.updateAccount(id, {})).toMatchObject({ paused: true });
    expect(await accounts.updateAccount(asId(999), { paused: true })).toBeNull();
  });

  test('take a new address unless another account has it', async () => {
    const { accounts, insert } = await open();
    const [a] = [await insert(ada), await insert(bob)];
    const change = (key: string) => accounts.updateAddress(a.id, { address: key, key, confirmedAt: at(9) });
    expect(await change('bob@example.org')).toBe('taken');
    expect(await change('lovelace@example.org')).toBe('updated');
    expect(await accounts.findAccount(a.id)).toMatchObject({
      address: 'lovelace@example.org',
      confirmedAt: 9,
    });
    expect(await accounts.updateAddress(asId(99), { address: 'x', key: 'x', confirmedAt: at(1) })).toBe(
      'gone',
    );
  });

  test('are listed by part of the address and counted', async () => {
    const { accounts, insert } = await open();
    const a = await insert(ada);
    const b = await insert({ ...bob, role: 'administrator' });
    await insert({ ...ada, address: 'a_b@x.org', addressKey: 'a_b@x.org', unsubscribeSecret: 's3' });
    await accounts.updateAccount(a.id, { confirmedAt: at(5), paused: true });
    const list = async (containing: string, after: typeof a.id | null = null) =>
      (await accounts.listAccounts({ limit: 10, after, containing })).map((account) => account.address);
    expect(await list('EXAMPLE')).toEqual(['Ada@example.org', 'bob@example.org']);
    expect(await list('_')).toEqual(['a_b@x.org']);
    expect(await list('', b.id)).toEqual(['a_b@x.org']);
    expect(await accounts.countAccounts()).toEqual({
      confirmed: 1,
      unconfirmed: 2,
      paused: 1,
      administrators: 1,
    });
  });

  test('vanish with all that is known of them, and the record shows it before', async () => {
    const { accounts, insert, db } = await open();
    const { id } = await insert(ada);
    const sessions = createSessionStore({ db });
    const times = {
      createdAt: at(1),
      seenAt: at(2),
      expiresAt: at(3),
      provenAt: at(1),
      method: 'link',
    } as const;
    await sessions.insertSession({ tokenHash: 'hash-1', accountId: id, ...times, userAgent: 'Firefox' });
    await createTokenStore({ db }).insertToken({
      tokenHash: 'hash-2',
      purpose: 'sign-in',
      accountId: id,
      payload: '',
      createdAt: at(1),
      expiresAt: at(9),
      usedAt: null,
    });
    const hour = 3_600_000;
    for (const [n, previous] of [
      [1, null],
      [2, 100 * hour],
    ] as const) {
      const planned_at = n * 100 * hour;
      const local_date = `2026-01-0${n}`;
      const row = { account_id: id, local_date, time_zone: 'UTC', planned_at, previous_planned_at: previous };
      await db.insertInto('digests').values(row).execute();
    }
    expect(await accounts.findLastDigest(id)).toEqual({ plannedAt: 200 * hour, localDate: '2026-01-02' });
    const record = await accounts.loadAccountRecord(id);
    expect(record).toMatchObject({
      account: { address: 'Ada@example.org', confirmedAt: null },
      sessions: [{ userAgent: 'Firefox', seenAt: '1970-01-01T00:00:00.002Z' }],
      digests: [{ localDate: '2026-01-01' }, { localDate: '2026-01-02' }],
    });
    expect(JSON.stringify(record)).not.toMatch(/hash-1|hash-2|secret-of-ada/);
    expect(await accounts.deleteAccount(id)).toBe('deleted');
    expect(await accounts.deleteAccount(id)).toBe('gone');
    for (const table of ['sessions', 'tokens', 'digests', 'subscriptions'] as const) {
      expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
    }
    expect(await accounts.loadAccountRecord(id)).toBeNull();
  });

  test('that were never confirmed are forgotten, administrators and confirmed ones are not', async () => {
    const { accounts, insert } = await open();
    await insert(ada);
    const confirmed = await insert(bob);
    await accounts.updateAccount(confirmed.id, { confirmedAt: at(2) });
    expect(await accounts.deleteUnconfirmedAccounts(at(1_000))).toBe(0);
    expect(await accounts.deleteUnconfirmedAccounts(at(1_001))).toBe(1);
    expect(await accounts.findAccountByKey('bob@example.org')).not.toBeNull();
  });
});

describeOnBothDatabases('tokens and sessions', (databases) => {
  test('a token is claimed by one of many at the same time, and never after its end', async () => {
    const { db } = await databases.open();
    const tokens = createTokenStore({ db });
    const token = { accountId: null, payload: 'p', createdAt: at(1), expiresAt: at(100), usedAt: null };
    await tokens.insertToken({ ...token, tokenHash: 'a', purpose: 'confirm' });
    await tokens.insertToken({ ...token, tokenHash: 'b', purpose: 'first-administrator' });
    const claims = await Promise.all(Array.from({ length: 8 }, () => tokens.claimToken('a', at(50))));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await tokens.findToken('a')).toMatchObject({ usedAt: 50, purpose: 'confirm' });
    expect(await tokens.claimToken('b', at(100))).toBe(false);
    await tokens.deleteTokens({ purpose: 'first-administrator', accountId: null });
    expect(await tokens.findToken('b')).toBeNull();
    expect(await tokens.deleteExpiredTokens(at(101))).toBe(1);
  });

  test('sessions end one by one, all but one, and by time', async () => {
    const { db, kind } = await databases.open();
    const account = await createAccountStore({ db, kind }).insertAccount(ada);
    if (account === null) throw new Error('not inserted');
    const sessions = createSessionStore({ db });
    for (const [n, tokenHash] of ['a', 'b', 'c', 'd'].entries()) {
      const times = { createdAt: at(n), seenAt: at(n), provenAt: at(n), expiresAt: at(100 + n) };
      await sessions.insertSession({
        tokenHash,
        accountId: account.id,
        ...times,
        method: 'passkey',
        userAgent: '',
      });
    }
    const list = async () => (await sessions.listSessions(account.id)).map((session) => session.tokenHash);
    await sessions.touchSession('a', { seenAt: at(50), expiresAt: at(150) });
    expect(await list()).toEqual(['a', 'd', 'c', 'b']);
    await sessions.deleteSession('d');
    expect(await sessions.deleteExpiredSessions(at(101))).toBe(1);
    expect(await list()).toEqual(['a', 'c']);
    expect(await sessions.deleteSessions(account.id, 'c')).toBe(1);
    expect(await sessions.findSession('c')).toMatchObject({ expiresAt: 102 });
  });
});

describeOnBothDatabases('rate limits', (databases) => {
  test('grant up to the limit in a window, count for all, and begin anew after it', async () => {
    const { db } = await databases.open();
    const limits = createRateLimits({ db });
    const take = (now: number, key = 'k', permits = 1) =>
      limits.takePermits({ name: 'n', key, limit: 3, windowMs: 1_000, now: at(now), permits });
    const kinds = (await Promise.all([take(10), take(10), take(10), take(10)])).map((taken) => taken.kind);
    expect(kinds.sort()).toEqual(['granted', 'granted', 'granted', 'limited']);
    expect(await take(510)).toEqual({ kind: 'limited', retryAfterMs: 500 });
    expect(await take(510, 'other')).toEqual({ kind: 'granted', left: 2, endsInMs: 1_000 });
    expect(await take(1_010)).toMatchObject({ kind: 'granted', left: 2 });
    expect(await take(1_010, 'k', 3)).toMatchObject({ kind: 'limited' });
    expect(await take(-50_000)).toMatchObject({ kind: 'granted', left: 2 }); // the clock was set back
    expect(await limits.deleteEndedWindows(at(2_010))).toBe(2);
  });
});
