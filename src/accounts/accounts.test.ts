import { expect, test } from 'vitest';
import { createAccountsWorld } from '../../tests/factories/accounts-world.ts';
import { asId } from '../knowledge/ids.ts';
import { createAuditTrail } from '../store/audit.ts';
import type { Account } from './account.ts';
import { createApiTokens } from './api-tokens/create-api-tokens.ts';

const hourMs = 3_600_000;
const ada = 'ada@example.org';

test('a new address is proven by the mailed link, once, and gets the time of its first digest', async () => {
  const { accounts, lastSecret, notices, join } = await createAccountsWorld();
  expect(
    await accounts.signUp({ address: 'Ada@Example.org', timeZone: 'Asia/Kolkata', payload: 'technology:1' }),
  ).toEqual({
    kind: 'mailed',
    address: 'Ada@example.org',
  });
  expect(notices[0]).toMatchObject({ notice: { kind: 'confirm-address' } });
  const secret = lastSecret('Ada@example.org');
  expect(await accounts.isLinkLive({ secret, purpose: 'confirm' })).toBe(true);
  expect(await accounts.isLinkLive({ secret, purpose: 'sign-in' })).toBe(false);
  const outcomes = await Promise.all([1, 2].map(() => accounts.proveAddress({ secret, purpose: 'confirm' })));
  expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['link-expired', 'proven']);
  const account = await accounts.findAccountByAddress(ada);
  // 7:00 in Kolkata after 14:30 there is the next day's.
  expect(account?.nextDigestAt).toBe(Date.parse('2026-03-03T01:30:00Z'));
  expect(await join('bob@example.org')).toBeGreaterThan(0);
});

test('signing up and asking for a link say the same whether there is an account or not', async () => {
  const { accounts, notices, join } = await createAccountsWorld();
  await join(ada);
  const known = await accounts.signUp({ address: ada });
  const unknown = await accounts.signUp({ address: 'new@example.org' });
  expect({ ...known, address: '' }).toEqual({ ...unknown, address: '' });
  expect(notices.at(-2)?.notice.kind).toBe('already-signed-up');
  const before = notices.length;
  expect(await accounts.requestSignInLink({ address: 'nobody@example.org' })).toEqual({
    kind: 'mailed',
    address: 'nobody@example.org',
  });
  expect(notices).toHaveLength(before);
  const wrong = await accounts.signInWithPassword({ address: ada, password: 'wrong' });
  expect(await accounts.signInWithPassword({ address: 'nobody@example.org', password: 'wrong' })).toEqual(
    wrong,
  );
});

test('nobody can fill a mailbox: an address that did not ask before is asked once a day, whatever is tried', async () => {
  const { accounts, notices, wait, join } = await createAccountsWorld();
  const bob = await accounts.findAccount(await join('bob@example.org'));
  if (bob === null) throw new Error('no account');
  const before = notices.length;
  for (let n = 0; n < 6; n += 1) {
    expect(await accounts.signUp({ address: ada })).toMatchObject({ kind: 'mailed' });
  }
  await accounts.requestSignInLink({ address: ada });
  await accounts.requestAddressChange(bob, { address: ada });
  expect(notices.slice(before)).toMatchObject([{ address: ada }]);
  wait(24 * hourMs);
  await accounts.signUp({ address: ada });
  expect(notices.slice(before)).toHaveLength(2);
});

test('nobody can have many strangers written to: not by their links to sign in, nor as new addresses', async () => {
  const { accounts, notices, wait, join } = await createAccountsWorld();
  const bob = await accounts.findAccount(await join('bob@example.org'));
  if (bob === null) throw new Error('no account');
  const strangers = Array.from({ length: 30 }, (_, n) => `stranger${n}@example.org`);
  for (const address of strangers) await accounts.signUp({ address });
  wait(24 * hourMs);
  const before = notices.length;
  for (const address of strangers) await accounts.requestSignInLink({ address, network: '192.0.2.7' });
  expect(notices.slice(before)).toHaveLength(20);
  await accounts.requestSignInLink({ address: 'bob@example.org', network: '192.0.2.7' });
  expect(notices.slice(before)).toHaveLength(21); // who has confirmed is no stranger
  const asked = [];
  for (let n = 0; n < 7; n += 1) {
    asked.push((await accounts.requestAddressChange(bob, { address: `new${n}@example.org` })).kind);
  }
  expect(asked).toEqual([...Array(5).fill('mailed'), 'bad-address', 'bad-address']);
  expect(notices.slice(before)).toHaveLength(26);
});

test('a confirmed address gets four letters of a kind an hour, and the answer stays the same', async () => {
  const { accounts, notices, wait, join } = await createAccountsWorld();
  await join(ada);
  wait(hourMs);
  const before = notices.length;
  for (let n = 0; n < 6; n += 1) {
    expect(await accounts.signUp({ address: ada })).toMatchObject({ kind: 'mailed' });
  }
  expect(notices.slice(before)).toHaveLength(4);
  wait(hourMs);
  await accounts.signUp({ address: ada });
  expect(notices.slice(before)).toHaveLength(5);
});

test('links run out', async () => {
  const { accounts, lastSecret, wait } = await createAccountsWorld();
  await accounts.signUp({ address: ada });
  wait(3 * 24 * hourMs);
  const secret = lastSecret(ada);
  expect(await accounts.proveAddress({ secret, purpose: 'confirm' })).toEqual({ kind: 'link-expired' });
  expect(await accounts.proveAddress({ secret: 'made-up', purpose: 'sign-in' })).toEqual({
    kind: 'link-expired',
  });
});

test('a session lives on while it is seen, for a month at most, and ends everywhere at once', async () => {
  const { accounts, join, wait } = await createAccountsWorld();
  const dayMs = 24 * hourMs;
  const accountId = await join(ada);
  const one = await accounts.startSession({ accountId, userAgent: 'One\r\nTwo' });
  const two = await accounts.startSession({ accountId, userAgent: '' });
  expect(await accounts.resumeSession(one.secret)).toMatchObject({
    isFresh: true,
    session: { userAgent: 'One  Two' },
  });
  wait(10 * dayMs);
  expect(await accounts.resumeSession(one.secret)).toMatchObject({ isFresh: false });
  wait(10 * dayMs);
  expect((await accounts.resumeSession(one.secret))?.account.id).toBe(accountId);
  expect(await accounts.resumeSession(two.secret)).toBeNull();
  wait(10 * dayMs - 1);
  expect(await accounts.resumeSession(one.secret)).not.toBeNull();
  wait(1);
  expect(await accounts.resumeSession(one.secret)).toBeNull();
  const three = await accounts.startSession({ accountId, userAgent: '' });
  const four = await accounts.startSession({ accountId, userAgent: '' });
  const keep = (await accounts.resumeSession(three.secret))?.session ?? null;
  await accounts.signOutEverywhere(accountId, { keep, endsApiTokens: false });
  expect(await accounts.resumeSession(four.secret)).toBeNull();
  await accounts.endSession(three.secret);
  expect(await accounts.resumeSession(three.secret)).toBeNull();
});

test('a new password and signing out everywhere end the tokens of programs, unless they are to stay', async () => {
  const { accounts, ports, join, database, clock } = await createAccountsWorld();
  const account = await accounts.findAccount(await join(ada));
  const other = await accounts.findAccount(await join('bob@example.org'));
  const { secret } = await accounts.startSession({ accountId: account?.id ?? asId(0), userAgent: '' });
  const session = (await accounts.resumeSession(secret))?.session;
  if (account === null || other === null || session === undefined) throw new Error('nobody is there');
  const apiTokens = createApiTokens(ports);
  const make = async (owner: Account) => {
    const request = { name: 'a program', scopes: ['read'], days: 30 };
    const made = await apiTokens.createToken(owner, request, { kind: 'operator' });
    if (made.kind === 'refused') throw new Error(made.sentence);
    return async () => (await apiTokens.recogniseToken(made.secret)) !== null;
  };
  const [works, othersWorks] = [await make(account), await make(other)];
  const password = 'correct horse battery';
  await accounts.setPassword(account, { password, session, endsApiTokens: false });
  await accounts.signOutEverywhere(account.id, { keep: session, endsApiTokens: false });
  expect(await works()).toBe(true);
  await accounts.setPassword(account, { password, session, endsApiTokens: true });
  expect([await works(), await othersWorks()]).toEqual([false, true]);
  const worksAgain = await make(account);
  await accounts.startSession({ accountId: account.id, userAgent: '' });
  await accounts.signOutEverywhere(account.id, { keep: session, endsApiTokens: true });
  expect([await worksAgain(), await othersWorks()]).toEqual([false, true]);
  const records = await createAuditTrail(database, clock).listAudit({ limit: 20 });
  expect(records.filter(({ action }) => !action.startsWith('api-token'))).toMatchObject([
    { action: 'access.ended', detail: { sessions: 1, apiTokens: 1 }, subject: `account:${account.id}` },
    { action: 'password.set', detail: { sessions: 0, apiTokens: 1 } },
    { action: 'access.ended', detail: { sessions: 0, apiTokens: 0 } },
    { action: 'password.set', detail: { sessions: 0, apiTokens: 0 } },
  ]);
});

test('a password signs in, ends other sessions, tells its owner, and guesses are limited', async () => {
  const { accounts, join, notices, wait } = await createAccountsWorld();
  const accountId = await join(ada);
  const kept = await accounts.startSession({ accountId, userAgent: '' });
  const other = await accounts.startSession({ accountId, userAgent: '' });
  const resumed = await accounts.resumeSession(kept.secret);
  if (resumed === null) throw new Error('no session');
  const { account, session } = resumed;
  const common = ['FinalFantasy', 'Password1234!', '123456789012', 'computercomputer', '!!!sunshine2026'];
  for (const bad of ['short', 'a'.repeat(30), `${ada} and more`, 'x'.repeat(201), ...common]) {
    expect(
      await accounts.setPassword(account, { password: bad, session, endsApiTokens: false }),
    ).toMatchObject({
      kind: 'refused',
    });
  }
  const good = { password: 'correct horse battery', session, endsApiTokens: true };
  expect(await accounts.setPassword(account, good)).toEqual({ kind: 'set' });
  expect(notices.at(-1)?.notice.kind).toBe('password-changed');
  expect(await accounts.resumeSession(other.secret)).toBeNull();
  const password = 'correct horse battery';
  expect(await accounts.signInWithPassword({ address: 'ADA@example.org', password })).toMatchObject({
    kind: 'signed-in',
  });
  for (let n = 0; n < 9; n += 1) await accounts.signInWithPassword({ address: ada, password: 'guess' });
  expect(await accounts.signInWithPassword({ address: ada, password })).toMatchObject({ kind: 'limited' });
  wait(hourMs);
  await accounts.setPassword(account, { password: null, session, endsApiTokens: false });
  expect(await accounts.signInWithPassword({ address: ada, password })).toEqual({ kind: 'refused' });
});

test('a new address counts once its own link was used, and not when another account took it', async () => {
  const { accounts, join, notices, lastSecret } = await createAccountsWorld();
  await join('bob@example.org');
  const account = await accounts.findAccount(await join(ada));
  if (account === null) throw new Error('no account');
  expect(await accounts.requestAddressChange(account, { address: ada })).toMatchObject({
    kind: 'bad-address',
  });
  await accounts.requestAddressChange(account, { address: 'bob@example.org' });
  expect(await accounts.changeAddress(lastSecret('bob@example.org'))).toEqual({ kind: 'taken' });
  await accounts.requestAddressChange(account, { address: 'lovelace@example.org' });
  expect((await accounts.findAccount(account.id))?.address).toBe(ada);
  expect(await accounts.changeAddress(lastSecret('lovelace@example.org'))).toMatchObject({ kind: 'changed' });
  expect(notices.at(-1)).toMatchObject({ address: ada, notice: { newAddress: 'lovelace@example.org' } });
});

test('zone and hour move the next digest; unknown ones change nothing', async () => {
  const { accounts, clock, join } = await createAccountsWorld();
  const account = await accounts.findAccount(await join(ada));
  if (account === null) throw new Error('no account');
  const set = await accounts.setDigestTime(account, { timeZone: 'America/St_Johns', digestHour: 6 });
  expect(set).toMatchObject({ kind: 'set', account: { nextDigestAt: Date.parse('2026-03-02T09:30:00Z') } });
  for (const request of [
    { timeZone: 'Mars/Olympus', digestHour: 6 },
    { timeZone: '+02:00', digestHour: 6 },
    { timeZone: 'UTC', digestHour: 24 },
    { timeZone: 'UTC', digestHour: 6.5 },
  ]) {
    expect(await accounts.setDigestTime(account, request)).toMatchObject({ kind: 'refused' });
  }
  expect(await accounts.pauseDigests(account.id)).toMatchObject({
    paused: true,
    timeZone: 'America/St_Johns',
  });
  expect(await accounts.resumeDigests(account)).toMatchObject({ paused: false });
  const forward = await accounts.bringDigestForward(account.id);
  expect(forward?.nextDigestAt).toBe(clock.now());
});

test('the first administrator is made once, by whoever has the link, and proves the address like everybody', async () => {
  const { accounts, lastSecret } = await createAccountsWorld();
  const link = await accounts.issueFirstAdministratorLink();
  const linkOfAnotherProcess = await accounts.issueFirstAdministratorLink();
  const secretOf = (url: string | null) => url?.split('/').at(-1) ?? '';
  const make = (url: string | null, address = ada) =>
    accounts.makeFirstAdministrator({ secret: secretOf(url), address });
  expect(await make(link, 'no address')).toMatchObject({ kind: 'bad-address' });
  expect(await make(link)).toMatchObject({
    kind: 'made',
    account: { role: 'administrator', confirmedAt: null },
  });
  expect(await make(link)).toEqual({ kind: 'link-expired' });
  expect(await make(linkOfAnotherProcess, 'eve@example.org')).toEqual({ kind: 'link-expired' });
  expect(await accounts.issueFirstAdministratorLink()).toBeNull();
  expect(await accounts.proveAddress({ secret: lastSecret(ada), purpose: 'confirm' })).toMatchObject({
    first: true,
  });
});

test('the last administrator can neither leave nor step down', async () => {
  const { accounts, join } = await createAccountsWorld();
  const [one, two] = [await join(ada), await join('bob@example.org')];
  await accounts.setRole(one, 'administrator', { kind: 'operator' });
  const account = await accounts.findAccount(one);
  if (account === null) throw new Error('no account');
  expect(await accounts.setRole(one, 'reader', { kind: 'operator' })).toEqual({ kind: 'last-administrator' });
  expect(await accounts.deleteAccount(account)).toEqual({ kind: 'last-administrator' });
  await accounts.setRole(two, 'administrator', { kind: 'operator' });
  expect(await accounts.setRole(one, 'moderator', { kind: 'operator' })).toMatchObject({ kind: 'set' });
});

test('an account is exported without secrets, and gone with everything when deleted', async () => {
  const { accounts, join, database } = await createAccountsWorld();
  const accountId = await join(ada);
  const { secret } = await accounts.startSession({ accountId, userAgent: 'Firefox' });
  const account = await accounts.findAccount(accountId);
  if (account === null) throw new Error('no account');
  const json = await accounts.exportAccount(accountId);
  expect(JSON.parse(json ?? '')).toMatchObject({ format: 'kbalertz-account-1', account: { address: ada } });
  expect(json).not.toContain(account.unsubscribeSecret);
  expect(json).not.toContain(secret);
  expect(await accounts.deleteAccount(account)).toEqual({ kind: 'deleted' });
  expect(await accounts.exportAccount(accountId)).toBeNull();
  for (const table of ['accounts', 'sessions', 'tokens'] as const) {
    expect(await database.db.selectFrom(table).selectAll().execute()).toEqual([]);
  }
});

test('what has run out is forgotten', async () => {
  const { accounts, join, wait } = await createAccountsWorld();
  const accountId = await join(ada);
  await accounts.startSession({ accountId, userAgent: '' });
  await accounts.signUp({ address: 'never@example.org' });
  wait(61 * 24 * hourMs);
  expect(await accounts.forgetExpired()).toMatchObject({ sessions: 1, tokens: 2, accounts: 1 });
  expect(await accounts.findAccount(accountId)).not.toBeNull();
});

test('what is done with rights is in the audit trail, under the name of who did it', async () => {
  const { accounts, join, database, clock } = await createAccountsWorld();
  const [one, two] = [await join(ada), await join('bob@example.org')];
  await accounts.setRole(one, 'administrator', { kind: 'operator' });
  await accounts.setRole(two, 'curator', { kind: 'account', id: one });
  await accounts.setRole(two, 'curator', { kind: 'account', id: one });
  const account = await accounts.findAccount(two);
  if (account === null) throw new Error('no account');
  await accounts.deleteAccount(account);
  const records = await createAuditTrail(database, clock).listAudit({ limit: 10 });
  expect(records).toMatchObject([
    { actor: { kind: 'account', id: two }, action: 'account.deleted', subject: `account:${two}` },
    {
      actor: { kind: 'account', id: one },
      action: 'role.changed',
      detail: { from: 'reader', to: 'curator' },
    },
    { actor: { kind: 'operator' }, action: 'role.changed', subject: `account:${one}` },
  ]);
  expect(JSON.stringify(records)).not.toContain('example.org');
});
