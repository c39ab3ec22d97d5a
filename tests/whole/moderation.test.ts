import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { injectionPayloads } from '../../src/sources/markup/injection-payloads.fixture.ts';
import { browseSite } from './browse-site.ts';
import { noBrowserBecause } from './open-browser.ts';

/** Feedback from its writer to the moderators and back, in a real browser, on the program as it is started. */
describe.skipIf(noBrowserBecause !== null)(`moderation in a browser${noBrowserBecause ?? ''}`, () => {
  const browsed = browseSite(() => ({ KBALERTZ_ANONYMOUS_FEEDBACK: 'on' }));
  let moderator: Page;
  const ran: string[] = [];
  beforeAll(async () => {
    moderator = await signIn('mo@example.org');
    await browsed.site.run('user', 'role', 'mo@example.org', 'moderator');
  });

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browsed.newPage(options);
    page.on('dialog', (dialog) => {
      ran.push(dialog.message());
      void dialog.dismiss();
    });
    return page;
  }

  async function signIn(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    await browsed.site.run('subscribe', address, '--technology', 'Windows', '--vouched');
    const { out } = await browsed.site.run('user', 'sign-in-link', address);
    const page = await newPage(options);
    await page.goto(out.trim());
    await page.locator('main form button').first().click();
    return page;
  }

  async function tell(page: Page, text: string, name = ''): Promise<void> {
    await page.goto('/a/910336');
    await page.getByText('Tell others how it went').click();
    await page.getByLabel('Yes', { exact: true }).check();
    await page.getByLabel('What you did').fill(text);
    await page.getByLabel('Shown as').fill(name);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('[role="status"]').waitFor();
  }

  const read = async (page: Page) => page.locator('section[aria-labelledby="feedback"]').innerText();

  test('the example stands below its article, with its tally and what was reported long ago', async () => {
    const page = await newPage();
    await expect
      .poll(
        async () => {
          await page.goto('/a/910336');
          return read(page);
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toContain('Worked for 5 of 7');
    const first = page.locator('section[aria-labelledby="feedback"] .log > li').first();
    expect(await first.innerText()).toContain('Did harm');
    expect(await page.getByText('Has anybody an idea?').isVisible()).toBe(false);
    await page.getByText('Reported as irrelevant').click();
    expect(await page.getByText('Has anybody an idea?').isVisible()).toBe(true);
    await page.context().close();
  });

  test('a stranger writes, a moderator shows it with one key, without a script with a button', async () => {
    const stranger = await newPage({ javaScriptEnabled: false });
    await tell(stranger, 'Ask me at ada@corp.example.com. I ran rd /s /q on both folders.');
    expect(await read(stranger)).toContain('A moderator reads your feedback before it is shown');
    expect(await read(stranger)).toContain('We masked 1 e-mail address');
    expect(await read(stranger)).not.toContain('on both folders');
    await tell(stranger, 'Cheap watches, click here https://shop.example/1');

    await moderator.goto('/moderation');
    expect(await moderator.locator('[data-verdicts] > li').count()).toBe(2);
    await moderator.keyboard.press('d');
    await moderator.locator('[role="status"]', { hasText: 'Decided' }).waitFor();
    await moderator.keyboard.press('a');
    await moderator.getByText('Nothing waits for you').waitFor();

    await expect
      .poll(
        async () => {
          await stranger.goto('/a/910336');
          return read(stranger);
        },
        { timeout: 10_000, interval: 500 },
      )
      .toContain('[e-mail address masked]');
    expect(await read(stranger)).toContain('Careful: rd /s deletes a folder');
    expect(await read(stranger)).not.toContain('watches');
    await stranger.context().close();
  });

  test('readers report, it folds, its writer appeals, and it is shown again', async () => {
    const ada = await signIn('ada@example.org');
    await tell(ada, 'On the second try the driver went in as well.', 'Ada');
    expect(await read(ada)).toContain('On the second try');
    for (const name of ['bob', 'cid', 'dan', 'eve']) {
      const reader = await signIn(`${name}@example.org`, { javaScriptEnabled: false });
      await reader.goto('/a/910336');
      const entry = reader.locator('.log > li', { hasText: 'On the second try' });
      if ((await entry.getByText('Report as irrelevant').count()) === 0) break;
      await entry.getByText('Report as irrelevant').click();
      await reader.getByLabel('It is about another article').check();
      await reader.getByRole('button', { name: 'Report' }).click();
      await reader.context().close();
    }
    await ada.goto('/account/feedback');
    expect(await ada.locator('main').innerText()).toContain('folded as irrelevant');
    await ada.getByText('Appeal', { exact: true }).click();
    await ada.getByLabel('Why it should be shown').fill('It is about this very article.');
    await ada.getByRole('button', { name: 'Ask a moderator' }).click();

    await moderator.goto('/moderation');
    expect(await moderator.locator('main').innerText()).toContain('It is about this very article.');
    await moderator.keyboard.press('x');
    await moderator.locator('.bar').getByRole('button', { name: 'Disagree' }).click();
    await moderator.getByText('Nothing waits for you').waitFor();
    await moderator.goto('/moderation/trail');
    const trail = await moderator.locator('main').innerText();
    for (const step of ['disagreed: shown', 'appealed', 'folded it by their weight'])
      expect(trail).toContain(step);
    await ada.goto('/account/feedback');
    expect(await ada.locator('main').innerText()).toContain('shown');
    await ada.context().close();
  });

  test('nothing that anybody writes runs', async () => {
    const writer = await signIn('mal@example.org');
    for (let at = 0, n = 0; at < injectionPayloads.length && n < 5; n += 1) {
      let text = '';
      for (; at < injectionPayloads.length && text.length < 4000; at += 1)
        text += `${injectionPayloads[at]}\n\n`;
      await tell(writer, `${n} ${text.slice(0, 4900)}`, injectionPayloads[n]?.slice(0, 40));
    }
    await moderator.goto('/moderation');
    while ((await moderator.locator('[data-verdicts] > li').count()) > 0) {
      await moderator.keyboard.press('d');
      await moderator.locator('[role="status"]').waitFor();
    }
    await writer.goto('/a/910336');
    await writer.waitForTimeout(500);
    expect(await read(writer)).toContain('<script>alert(1)</script>');
    expect(ran).toEqual([]);
    await writer.context().close();
  });
});
