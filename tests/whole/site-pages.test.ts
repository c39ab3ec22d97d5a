import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { sizes } from '../sizes.ts';
import { becomeAdministrator, browseSite } from './browse-site.ts';
import { noBrowserBecause } from './open-browser.ts';

const publicPaths = [
  '/',
  '/changes',
  '/changes?from=invisible&technology=windows',
  '/technologies',
  '/technologies/windows',
  '/technologies/exchange-online',
  '/a/1',
  '/a/2/r/1',
  '/a/8',
  '/a/8/feedback',
  '/feedback/1/report',
  '/a/1/diff?from=1&to=1',
  '/search?q=0x80070002',
  '/search/advanced?q=outlook',
  '/status',
  '/help',
  '/api/v1/reference',
  '/help/readers',
  '/help/operators',
  '/help/significance',
  '/sign-up?follow=technology:1',
  '/sign-in',
  '/not/there',
  '/confirm/no-such-token',
  '/u/no-such-secret',
];
const ownPaths = [
  '/',
  '/welcome',
  '/welcome?wanted=exchange',
  '/welcome/preview',
  '/account',
  '/account/settings',
  '/account/channels',
  '/account/tokens',
  '/account/signing-in',
  '/sign-in?again=1&next=/account/signing-in',
  '/admin/sources',
  '/admin/sources/starter',
  '/admin/sources/new',
  '/admin/sources/new?catalogue=microsoft-troubleshooting',
  '/admin/scans',
  '/admin/scans/1',
  '/admin/deliveries',
  '/moderation',
  '/moderation/trail',
  '/curation?article=8',
  '/curation/rules',
  '/account/feedback',
  '/admin/accounts',
  '/admin/audit',
  '/teams',
  '/outbox',
];

/** As long as what it lists. */
const isLong = (path: string) => path === '/api/v1/reference';

/** Each page is looked at in these two ways; what depends on neither width nor scheme is asked once. */
const looks = [
  { name: 'wide and light', viewport: { width: 1440, height: 900 }, colorScheme: 'light', rules: null },
  {
    name: 'narrow and dark',
    viewport: { width: 360, height: 780 },
    colorScheme: 'dark',
    rules: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'],
  },
] as const;

/** What html-validate asks for beyond the standard is a matter of style. */
const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: { 'no-trailing-whitespace': 'off', 'long-title': 'off' },
});

describe.skipIf(noBrowserBecause !== null)(`every page${noBrowserBecause ?? ''}`, () => {
  const browsed = browseSite();
  beforeAll(async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await browsed.site.run('scan', 'starter', '--now', tomorrow);
  });

  let administrator: Awaited<ReturnType<BrowserContext['cookies']>> = [];
  async function signInAsAdministrator(): Promise<void> {
    const page = await browsed.newPage();
    await becomeAdministrator(browsed, page);
    await page.locator('#picker input').first().check();
    await page.getByRole('button', { name: 'Follow these' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    administrator = await page.context().cookies();
    await page.context().close();
  }

  test('is accessible, fits, stays where it is, and asks nobody else', async () => {
    await signInAsAdministrator();
    const faults: string[] = [];
    for (const look of looks) {
      for (const [paths, cookies] of [
        [publicPaths, []],
        [ownPaths, administrator],
      ] as const) {
        const { viewport, colorScheme } = look;
        const page = await browsed.newPage({ viewport, colorScheme });
        await page.context().addCookies([...cookies]);
        const report = (path: string, fault: string) => faults.push(`${path}, ${look.name}: ${fault}`);
        let path = '';
        page.on('console', (message) => {
          // That a page answers 404, or that the search is getting ready, is no fault of the page.
          const isStatus = /the server responded with a status of (4\d\d|503)/.test(message.text());
          if (['error', 'warning'].includes(message.type()) && !isStatus) report(path, message.text());
        });
        page.on('pageerror', (error) => report(path, error.message));
        page.on('request', (request) => {
          if (!request.url().startsWith(browsed.site.url)) report(path, `asks ${request.url()}`);
        });
        await page.addInitScript(observeShifts);
        for (const [n, each] of paths.entries()) {
          path = each;
          await page.goto(path);
          const isAsked = look.rules === null || n % sizes.narrowPageStep === 0;
          for (const fault of await listFaults(page, isAsked ? look.rules : [])) report(path, fault);
        }
        await page.context().close();
      }
    }
    expect(faults).toEqual([]);
  }, 400_000);

  test('is valid HTML below 50 kB, its article aside', async () => {
    const faults: string[] = [];
    const cookie = administrator.map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const [paths, headers] of [
      [publicPaths, {}],
      [ownPaths, { cookie }],
    ] as const) {
      for (const path of paths) {
        const page = await (await fetch(browsed.site.url + path, { headers })).text();
        const frame = page.replace(/<div class="prose">.*?<\/div>\n?<section/s, '');
        if (!isLong(path) && Buffer.byteLength(frame) >= 50_000)
          faults.push(`${path}: ${Buffer.byteLength(frame)} bytes`);
        const report = await validator.validateString(page);
        for (const message of report.results.flatMap((result) => result.messages)) {
          faults.push(`${path}:${message.line} ${message.ruleId}: ${message.message}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });
});

const observeShifts = `
  window.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });`;

async function listFaults(page: Page, rules: readonly string[] | null): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (rules === null) axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  else axe.withRules([...rules]);
  const { violations } = rules?.length === 0 ? { violations: [] } : await axe.analyze();
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  const shift = await page.evaluate<number>('window.layoutShift');
  const isTabSeen = await page.evaluate<boolean>(`
    [...document.querySelectorAll('.tabs [aria-current]')].every((tab) => {
      const { left, right } = tab.getBoundingClientRect();
      return left >= 0 && right <= innerWidth;
    })`);
  return [
    ...violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160))
          .join(' | ')}`,
    ),
    ...(overflow > 0 ? [`is ${overflow} px too wide`] : []),
    ...(isTabSeen ? [] : ['does not show the tab in use']),
    ...(shift > 0.01 ? [`its layout shifts by ${shift.toFixed(3)}`] : []),
  ];
}
