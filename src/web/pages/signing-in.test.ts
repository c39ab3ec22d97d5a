import { expect, test } from 'vitest';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';

test('signing out everywhere offers to end API tokens, and says whether they ended', async () => {
  const { get, post, signIn, accounts, ports } = await createSiteWorld();
  const { cookie, accountId } = await signIn('ada@example.org');
  const account = await accounts.findAccount(accountId);
  if (account === null) throw new Error('no account');
  const request = { name: 'a program', scopes: ['read'], days: 30 };
  const made = await ports.apiTokens.createToken(account, request, { kind: 'operator' });
  const works = async () =>
    made.kind === 'created' && (await ports.apiTokens.recogniseToken(made.secret)) !== null;
  const page = await (await get('/account/signing-in', { cookie })).text();
  expect(page.match(/name="tokens" value="end" checked/g)).toHaveLength(2);
  expect(page).toContain('1 token: what uses it stops');

  const kept = await post('/account/sign-out-others', {}, { cookie });
  expect(await works()).toBe(true);
  expect(await (await get(kept.headers.get('location') ?? '', { cookie })).text()).toContain(
    'All other browsers are signed out. API tokens work on.',
  );
  const ended = await post(
    '/account/password',
    { password: 'correct horse battery', tokens: 'end' },
    { cookie },
  );
  expect(await works()).toBe(false);
  expect(await (await get(ended.headers.get('location') ?? '', { cookie })).text()).toContain(
    'all API tokens are revoked',
  );
});
