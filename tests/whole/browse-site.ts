import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { type RunningSite, startSite } from './start-site.ts';

export type BrowsedSite = {
  /** There from the first `beforeAll` of the suite on. */
  readonly site: RunningSite;
  readonly browser: Browser;
  /** In a context of its own: another person. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
};

/** Starts the site and a browser before the tests of a suite, and ends both after it. */
export function browseSite(
  readSettings: () => Promise<Record<string, string>> | Record<string, string> = () => ({}),
  everyContext: BrowserContextOptions = {},
): BrowsedSite {
  let started: { site: RunningSite; browser: Browser } | null = null;
  const get = () => {
    if (started === null) throw new Error('The site is started by a beforeAll.');
    return started;
  };
  beforeAll(async () => {
    const settings = await readSettings();
    const [site, browser] = await Promise.all([startSite(settings), openBrowser()]);
    started = { site, browser };
  });
  afterAll(async () => {
    await started?.browser.close();
    await started?.site.stop();
  });
  return {
    get site() {
      return get().site;
    },
    get browser() {
      return get().browser;
    },
    async newPage(options = {}) {
      const { site, browser } = get();
      const context = await browser.newContext({ baseURL: site.url, ...everyContext, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      return page;
    },
  };
}

/** By the link that the program printed. */
export async function becomeAdministrator({ site }: BrowsedSite, page: Page): Promise<void> {
  await page.goto(site.administratorLink);
  await page.getByLabel('E-mail').fill('admin@example.org');
  await page.getByRole('button', { name: 'Make me administrator' }).click();
  await page.getByRole('heading', { level: 1, name: 'Choose technologies' }).waitFor();
}

/** The link in the newest letter to the address that has `path` in it, as the administrator sees it in the outbox. */
export async function findLetterLink(administrator: Page, address: string, path: string): Promise<string> {
  const newest = administrator.locator('li', { hasText: address }).first().locator('h2 a');
  const links = administrator.locator(`pre.letter a[href*="${path}"]`);
  await expect
    .poll(
      async () => {
        await administrator.goto('/outbox');
        if ((await newest.count()) === 0) return 0;
        await newest.click();
        return links.count();
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBeGreaterThan(0);
  return (await links.first().getAttribute('href')) ?? '';
}

export const titleOf = (page: Page): Promise<string> => page.locator('h1').innerText();
