import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOpenidProvider } from '../factories/openid-provider.ts';
import { becomeAdministrator, browseSite, findLetterLink, titleOf } from './browse-site.ts';
import { noBrowserBecause } from './open-browser.ts';
import { findFreePort } from './start-program.ts';

/** Signing in by a real OpenID Connect provider, in a real browser. */
describe.skipIf(noBrowserBecause !== null)(`sign-in by a provider${noBrowserBecause ?? ''}`, () => {
  let port = 0;
  const browsed = browseSite(async () => {
    port = await findFreePort();
    return {
      KBALERTZ_OIDC_ISSUER: `http://localhost:${port}`,
      KBALERTZ_OIDC_CLIENT_ID: 'kbalertz',
      KBALERTZ_OIDC_CLIENT_SECRET: 'a secret of this test',
      KBALERTZ_OIDC_NAME: 'Contoso <SSO>',
    };
  });
  const { newPage } = browsed;
  let administrator: Page;
  let provider: { close(): Promise<void> } | null = null;
  beforeAll(async () => {
    administrator = await newPage();
  });
  afterAll(() => provider?.close());

  /** From the sign-in page to the provider, through its pages, and back. */
  async function signInAtProvider(page: Page, name: string): Promise<void> {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with Contoso <SSO>' }).click();
    await passProvider(page, name);
  }

  async function passProvider(page: Page, name: string): Promise<void> {
    const begun = ['/sign-in', '/sign-in/organisation', '/account/signing-in', '/account/identities'];
    const isBack = (url: URL) => url.origin === browsed.site.url && !begun.includes(url.pathname);
    await page.waitForURL((url) => url.pathname.startsWith('/interaction/') || isBack(url));
    if (isBack(new URL(page.url()))) return; // it knows who this is, and was allowed to tell us before
    const login = page.locator('input[name=login]');
    if (await login.count()) {
      await login.fill(name);
      await page.locator('input[name=password]').fill('anything');
      await page.locator('button[type=submit]').click();
    }
    const consent = page.getByRole('button', { name: 'Continue' });
    await Promise.race([consent.waitFor(), page.waitForURL(`${browsed.site.url}/**`)]);
    if (page.url().startsWith(`http://localhost:${port}`)) await consent.click();
    await page.waitForURL(`${browsed.site.url}/**`);
  }

  test('a provider that is out of reach stops neither the start nor the other ways', async () => {
    await becomeAdministrator(browsed, administrator);
    const page = await newPage();
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with Contoso <SSO>' }).click();
    expect(await page.locator('main').innerText()).toContain('Contoso <SSO> cannot be reached at the moment');
    await page.context().close();
    provider = await startOpenidProvider({
      port,
      redirectUrl: `${browsed.site.url}/sign-in/organisation/callback`,
      people: {
        ada: { email: 'ada@example.org', email_verified: true, name: 'Ada' },
        mallory: { email: 'admin@example.org', email_verified: false },
        boss: { email: 'Admin@example.org', email_verified: true },
        eve: { email: 'eve@example.org', email_verified: false },
        nobody: { name: 'Nobody' },
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 15_500)); // until it is asked again
  });

  test('an address that it proved makes a confirmed account, which is found again', async () => {
    const page = await newPage();
    await signInAtProvider(page, 'ada');
    expect(await titleOf(page)).toBe('Choose technologies');
    await page.goto('/account');
    expect(await page.locator('main').innerText()).not.toContain('prove your address');
    await page.context().clearCookies({ domain: 'localhost', name: 'session' });
    await signInAtProvider(page, 'ada');
    expect(await titleOf(page)).toBe('Your alerts');
    await page.goto('/account/signing-in');
    expect(await page.locator('main').innerText()).toContain('by organisation');
    await page.context().close();
  });

  test('an address that it did not prove, or none, signs nobody in', async () => {
    for (const [name, title] of [
      ['mallory', 'Look into your mailbox'],
      ['eve', 'Look into your mailbox'],
      ['nobody', 'You are not signed in'],
    ] as const) {
      const page = await newPage();
      await signInAtProvider(page, name);
      expect(await titleOf(page), name).toBe(title);
      await page.goto('/account');
      expect(page.url(), name).toContain('/sign-in');
      await page.context().close();
    }
    // The letter to the administrator confirms or signs in, and binds nothing.
    const link = await findLetterLink(administrator, 'admin@example.org', '/confirm/');
    await administrator.goto(link);
    await administrator.getByRole('button', { name: 'Confirm and go on' }).click();
    await administrator.goto('/account/signing-in');
    expect(await administrator.locator('main').innerText()).toContain('once it is connected');
  });

  test('the address of an account that exists is connected by the mailed link only', async () => {
    const page = await newPage();
    await signInAtProvider(page, 'boss');
    expect(await titleOf(page)).toBe('Look into your mailbox');
    await page.goto(await findLetterLink(administrator, 'admin@example.org', '/sign-in/'));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    expect(await page.locator('.note.done').innerText()).toContain('signs you in from now on');
    await page.context().clearCookies({ domain: 'localhost', name: 'session' });
    await signInAtProvider(page, 'boss');
    expect(await titleOf(page)).toBe('Your alerts');
    await page.goto('/account/signing-in');
    await page.getByRole('button', { name: 'Disconnect' }).click();
    expect(await page.locator('.note.done').innerText()).toContain('does not sign you in');
    await page.getByRole('button', { name: 'Connect Contoso' }).click();
    await page.waitForURL('**/account/signing-in?said=provider-added');
    await page.context().close();
  });

  test('what was begun comes back once, in the same browser, with the same state', async () => {
    const page = await newPage();
    await page.goto('/sign-in');
    const answer = page.waitForResponse((response) => response.url().includes('/organisation/callback'));
    await page.getByRole('button', { name: 'Sign in with Contoso <SSO>' }).click();
    await passProvider(page, 'ada');
    const callback = (await answer).url();
    const again = await page.goto(callback);
    expect(again?.status()).toBe(400);
    const stranger = await newPage();
    expect((await stranger.goto(callback))?.status()).toBe(400);
    await stranger.goto('/sign-in');
    await stranger.route(`http://localhost:${port}/**`, (route) =>
      route.fulfill({ body: 'goes no further' }),
    );
    await stranger.getByRole('button', { name: 'Sign in with Contoso <SSO>' }).click();
    await stranger.waitForURL(`http://localhost:${port}/**`);
    const forged = new URL(callback);
    forged.searchParams.set('code', 'stolen');
    expect((await stranger.goto(forged.href))?.status()).toBe(400);
    await stranger.goto('/account');
    expect(stranger.url()).toContain('/sign-in');
    await stranger.context().close();
    await page.context().close();
  });
});
