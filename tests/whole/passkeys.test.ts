import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { becomeAdministrator, browseSite, titleOf } from './browse-site.ts';
import { noBrowserBecause } from './open-browser.ts';

/** A security key or password manager that the browser imagines, asked through its own Web Authentication. */
const device = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

describe.skipIf(noBrowserBecause !== null)(`passkeys${noBrowserBecause ?? ''}`, () => {
  const browsed = browseSite();
  const { newPage } = browsed;

  async function plugIn(page: Page, options = {}): Promise<{ cdp: CDPSession; authenticatorId: string }> {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: { ...device, ...options },
    });
    return { cdp, authenticatorId };
  }

  async function signOut(page: Page): Promise<void> {
    await page.goto('/account/signing-in');
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  }

  const rowsOf = (page: Page) => page.locator('table', { hasText: 'Last used' }).locator('tbody tr');

  test('one is added under a name, signs in without an address, counts, is used once an answer, and is removed', async () => {
    const page = await newPage();
    const { cdp, authenticatorId } = await plugIn(page);
    await becomeAdministrator(browsed, page);
    await page.goto('/account/signing-in');
    await page.getByLabel('Name of the new passkey').fill('Work laptop <b>');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    expect(await page.locator('.note.done').innerText()).toContain('passkey is added');
    expect(await rowsOf(page).innerText()).toContain('Work laptop <b>');

    await page.getByLabel('Name of the new passkey').fill('The same again');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('has a passkey of your account already').waitFor();

    await signOut(page);
    await page.goto('/sign-in');
    const posted = page.waitForRequest((request) => request.url().endsWith('/sign-in/passkey'));
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/account');
    expect(await titleOf(page)).toBe('Your alerts');
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);
    expect(credentials[0]).toMatchObject({ isResidentCredential: true, rpId: 'localhost', signCount: 2 });

    const replayed = await fetch(`${browsed.site.url}/sign-in/passkey`, {
      method: 'POST',
      body: (await posted).postData(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    });
    expect(replayed.status).toBe(400);
    expect(replayed.headers.get('set-cookie')).toBeNull();

    await page.goto('/account/signing-in');
    expect(await page.locator('table', { hasText: 'Browser' }).innerText()).toContain('by passkey');
    await page.getByRole('button', { name: 'Remove the passkey Work laptop' }).click();
    expect(await page.locator('.note.done').innerText()).toContain('removed');
    await signOut(page);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.locator('.note.bad').waitFor();
    expect(await page.locator('.note.bad').innerText()).toContain('was not accepted');
    await page.context().close();
  });

  test('one that does not verify its person is not taken', async () => {
    const page = await newPage();
    await plugIn(page, { isUserVerified: false });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByText('No passkey was used').waitFor();
    expect(await titleOf(page)).toBe('Sign in');
    await page.context().close();
  });

  test('without JavaScript the page offers the other ways only', async () => {
    const page = await newPage({ javaScriptEnabled: false });
    await page.goto('/sign-in');
    expect(await page.getByRole('button', { name: 'Use a passkey' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Mail me a link' }).isVisible()).toBe(true);
    await page.context().close();
  });
});
