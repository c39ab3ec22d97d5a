import { expect, test } from 'vitest';
import { createAccountsWorld } from '../../../tests/factories/accounts-world.ts';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';
import { createAuditTrail } from '../../store/audit.ts';
import type { Role } from '../account.ts';
import type { AccountPorts } from '../ports.ts';
import type { SignInMethod } from '../session.ts';

const operator = { kind: 'operator' } as const;

async function openWorld(passkeyFrom: Role | null) {
  const world = await createAccountsWorld('https://kb.example.org', undefined, passkeyFrom);
  const { accounts, join, ports } = world;
  const start = async (role: Role, method: SignInMethod) => {
    const accountId = await join(`${role}-${method}@example.org`);
    await accounts.setRole(accountId, role, operator);
    return { accountId, ...(await accounts.startSession({ accountId, userAgent: '', method })) };
  };
  const roleIn = async ({ secret }: { secret: string }) =>
    (await accounts.resumeSession(secret))?.account.role;
  return { ...world, start, roleIn, addPasskey: addPasskeyTo(ports) };
}

const addPasskeyTo =
  ({ passkeys, clock }: Pick<AccountPorts, 'passkeys' | 'clock'>) =>
  (accountId: Parameters<typeof passkeys.listPasskeys>[0]) =>
    passkeys.insertPasskey({
      credentialId: `passkey-of-${accountId}`,
      accountId,
      userHandle: `handle-of-${accountId}`,
      publicKey: new Uint8Array([1]),
      counter: 0,
      transports: [],
      name: 'Laptop',
      isSynced: false,
      createdAt: clock.now(),
      usedAt: null,
    });

test('a role that asks for a passkey counts only in a session that began with one', async () => {
  const { start, roleIn } = await openWorld('moderator');
  for (const method of ['link', 'password', 'provider'] as const) {
    expect(await roleIn(await start('administrator', method))).toBe('curator');
    expect(await roleIn(await start('moderator', method))).toBe('curator');
    expect(await roleIn(await start('curator', method))).toBe('curator');
    expect(await roleIn(await start('reader', method))).toBe('reader');
  }
  expect(await roleIn(await start('administrator', 'passkey'))).toBe('administrator');
  expect(await roleIn(await start('moderator', 'passkey'))).toBe('moderator');
});

test('roles count in any session where none asks for a passkey, and below the one that does', async () => {
  const free = await openWorld(null);
  expect(await free.roleIn(await free.start('administrator', 'link'))).toBe('administrator');
  const { start, roleIn } = await openWorld('administrator');
  expect(await roleIn(await start('administrator', 'link'))).toBe('moderator');
  expect(await roleIn(await start('moderator', 'link'))).toBe('moderator');
});

test('who reads the mailbox can add the first passkey, and replace none', async () => {
  const { accounts, start, addPasskey, database, clock, notices } = await openWorld('administrator');
  const byLink = await start('administrator', 'link');
  expect(await accounts.resumeSession(byLink.secret)).toMatchObject({
    isFresh: true,
    heldBack: { role: 'administrator', hasPasskey: false },
  });
  await addPasskey(byLink.accountId);
  expect(await accounts.resumeSession(byLink.secret)).toMatchObject({
    isFresh: false,
    heldBack: { role: 'administrator', hasPasskey: true },
  });
  const { accountId } = byLink;
  const withPasskey = await accounts.startSession({ accountId, userAgent: '', method: 'passkey' });
  expect(await accounts.resumeSession(withPasskey.secret)).toMatchObject({ isFresh: true, heldBack: null });

  const account = await accounts.findAccount(accountId);
  if (account === null) throw new Error('no account');
  expect(await accounts.forgetPasskeys(account, operator)).toBe(1);
  expect(await accounts.forgetPasskeys(account, operator)).toBe(0);
  expect(await accounts.resumeSession(byLink.secret)).toMatchObject({ isFresh: true });
  expect(notices.at(-1)?.notice.kind).toBe('sign-in-method-changed');
  expect(await createAuditTrail(database, clock).listAudit({ limit: 5, action: 'passkey' })).toMatchObject([
    { actor: operator, action: 'passkey.removed', detail: { passkeys: 1 } },
  ]);
});

test('pages of such a role ask for the passkey, and forms change nothing without it', async () => {
  const { signIn, get, post, accounts } = await createSiteWorld({ passkeyFrom: 'administrator' });
  const { cookie, accountId } = await signIn('ada@example.org');
  expect((await get('/admin/sources', { cookie })).status).toBe(404);
  await accounts.setRole(accountId, 'administrator', operator);
  const refused = await get('/admin/sources', { cookie });
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('This needs your passkey');
  const form = { account: String(accountId), role: 'reader' };
  expect((await post('/admin/accounts/role', form, { cookie })).status).toBe(403);
  expect((await accounts.findAccount(accountId))?.role).toBe('administrator');
  const signingIn = await (await get('/account/signing-in', { cookie })).text();
  expect(signingIn).toContain('Your role, administrator, asks for a passkey. Add one below');
  expect((await get('/moderation', { cookie })).status).toBe(200);
  const { secret } = await accounts.startSession({ accountId, userAgent: '', method: 'passkey' });
  expect((await get('/admin/sources', { cookie: `__Host-session=${secret}` })).status).toBe(200);
});
