import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { becomeAdministrator, browseSite, findLetterLink, titleOf } from './browse-site.ts';
import { noBrowserBecause } from './open-browser.ts';

/** Run in the page: what has the focus, and whether one sees it. Text, since this side knows no document. */
const describeFocus = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const isInFind = element.closest('.find:focus-within') !== null;
  const isSeen = isInFind || (outlineStyle !== 'none' && outlineWidth !== '0px');
  return { name: element.textContent.trim(), isSeen };
})()`;

/** People on the way through the site, in a real browser, on the program as it is started. */
describe.skipIf(noBrowserBecause !== null)(`the site in a browser${noBrowserBecause ?? ''}`, () => {
  const browsed = browseSite(() => ({}), { timezoneId: 'Europe/Berlin' });
  const { newPage } = browsed;
  let administrator: Page;
  beforeAll(async () => {
    administrator = await newPage();
  });
  const findLetter = (address: string, path: string) => findLetterLink(administrator, address, path);

  test('whoever starts it becomes its administrator by the printed link, once', async () => {
    await becomeAdministrator(browsed, administrator);
    await administrator.goto('/account');
    expect(await administrator.locator('.note').innerText()).toContain('prove your address');
    await administrator.goto(await findLetter('admin@example.org', '/confirm/'));
    await administrator.getByRole('button', { name: 'Confirm and go on' }).click();
    const stranger = await newPage();
    expect((await stranger.goto(browsed.site.administratorLink))?.status()).toBe(410);
    await stranger.context().close();
  });

  test('a newcomer comes from the front page to the first digest, and out again with one click', async () => {
    const page = await newPage();
    await page.goto('/');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByRole('button', { name: 'Choose technologies' }).click();
    expect(await titleOf(page)).toBe('Look into your mailbox');

    await page.goto(await findLetter('ada@example.org', '/confirm/'));
    await page.getByRole('button', { name: 'Confirm and go on' }).click();
    expect(await titleOf(page)).toBe('Choose technologies');
    await page.getByLabel('Find one').fill('windows update');
    await page.locator('#picker').getByLabel('Windows Update').first().check();
    await page.getByLabel('Or paste a list').fill('Exchange Online\nNo such product at all');
    await page.getByRole('button', { name: 'Follow these' }).click();
    expect(await page.locator('.note').innerText()).toContain('No such product at all');
    await page.getByRole('link', { name: 'That is what I want' }).click();
    const rows = page.locator('table tbody tr');
    expect(await rows.count()).toBe(2);

    await administrator.goto('/admin/sources/starter');
    await administrator.getByRole('button', { name: 'Scan now' }).click();
    await expect
      .poll(
        async () => {
          await administrator.goto('/admin/scans');
          return administrator
            .locator('.log > li', { has: administrator.locator('.kind', { hasText: 'Done' }) })
            .count();
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(1);

    const tomorrow = new Date(Date.now() + 36 * 3_600_000).toISOString();
    await browsed.site.run('digest', 'plan', '--now', tomorrow);
    await browsed.site.run('digest', 'send', '--now', tomorrow);
    const article = await findLetter('ada@example.org', '/a/');
    await page.goto(article);
    expect((await titleOf(page)).length).toBeGreaterThan(5);
    await page.goto('/account');
    const past = page.locator('aside a[href^="/account/digests/"]');
    await past.first().click();
    expect(await titleOf(page)).toMatch(/^\d+ changes? on /);

    const mailProgram = await newPage();
    await mailProgram.goto(await findLetter('ada@example.org', '/u/'));
    await mailProgram.locator('main form button').click();
    expect(await titleOf(mailProgram)).toMatch(/stopped/i);
    await mailProgram.context().close();
    await page.context().close();
  });

  test('all of it goes without JavaScript', async () => {
    const page = await newPage({ javaScriptEnabled: false });
    await page.goto('/technologies/windows-update');
    await page.getByRole('button', { name: 'Follow Windows Update' }).click();
    await page.getByLabel('E-mail').fill('plain@example.org');
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
    await page.goto(await findLetter('plain@example.org', '/confirm/'));
    await page.getByRole('button', { name: 'Confirm and go on' }).click();
    await page.getByLabel('Find one').fill('outlook');
    await page.getByRole('button', { name: 'Find', exact: true }).last().click();
    await page.locator('#picker input').first().check();
    await page.getByRole('button', { name: 'Follow these' }).click();
    await page.goto('/account');
    expect(await page.locator('table tbody tr').count()).toBe(2);
    await page.locator('table select').first().selectOption('minor');
    await page.locator('table').getByRole('button', { name: 'Save' }).first().click();
    expect(await page.locator('table select').first().inputValue()).toBe('minor');
    await page.goto('/account/settings');
    await page.locator('select[name=hour]').selectOption('18');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.locator('select[name=hour]').inputValue()).toBe('18');
    await page.getByLabel('Type your address').fill('plain@example.org');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    expect(await titleOf(page)).toBe('Your account is deleted');
    await page.context().close();
  });

  test('an error code leads to an article, and the article is followed', async () => {
    const page = administrator;
    await page.goto('/');
    await page.keyboard.press('/');
    await page.keyboard.type('0x80070002');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=0x80070002');
    const best = page.locator('.log.hits h3 a').first();
    const title = await best.innerText();
    expect(title).toContain('0x80070002');
    await best.click();
    await page.waitForURL('**/a/*');
    expect(await titleOf(page)).toBe(title);
    await page.getByRole('button', { name: 'Follow this article' }).click();
    expect(await page.locator('.note.done').innerText()).toContain('You follow it');
    expect(await page.locator('table tbody').innerText()).toContain(title);
  });

  test('suggestions come while typing, and the arrow keys choose one', async () => {
    const page = await newPage();
    // What is suggested is the search's to test; here it is what the box does with it.
    const suggestions = [
      { text: 'Windows Update', detail: 'technology', href: '/technologies/windows-update' },
      { text: 'Windows', detail: 'technology', href: '/technologies/windows' },
    ];
    await page.route('**/search/suggest?*', (route) => route.fulfill({ json: suggestions }));
    await page.goto('/');
    const box = page.getByRole('combobox', { name: 'Search articles' });
    await box.pressSequentially('windows upd');
    const options = page.getByRole('option');
    await options.first().waitFor();
    expect(await box.getAttribute('aria-expanded')).toBe('true');
    await box.press('ArrowDown');
    expect(await box.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'));
    await box.press('Escape');
    expect(await box.getAttribute('aria-expanded')).toBe('false');
    await box.pressSequentially('a');
    await options.first().waitFor();
    await box.press('ArrowUp');
    await box.press('Enter');
    await page.waitForURL('**/technologies/windows');
    await page.context().close();
  });

  test('the keyboard reaches everything: skip link, search, menus', async () => {
    const page = await newPage();
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#main');
    await page.keyboard.press('/');
    expect(await page.locator(':focus').getAttribute('name')).toBe('q');
    const reached = new Set<string>();
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate<{ name: string; isSeen: boolean } | null>(describeFocus);
      if (focus === null) break;
      expect(focus.isSeen, focus.name).toBe(true);
      reached.add(focus.name);
    }
    expect([...reached]).toEqual(
      expect.arrayContaining(['Changes', 'Technologies', 'Sign in', 'Choose technologies']),
    );
    await page.context().close();
  });

  test('a password is set, signs in, and signs others out', async () => {
    const password = 'correct horse battery';
    await administrator.goto('/account/signing-in');
    await administrator.getByLabel('Password').fill(password);
    await administrator.getByRole('button', { name: 'Set it' }).click();
    expect(await administrator.locator('.note').innerText()).toContain('password is set');
    const page = await newPage();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill('admin@example.org');
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.locator('.note').innerText()).toContain('do not go together');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await titleOf(page)).toBe('Your alerts');
    await page.context().close();
  });
});
