import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeAdvisory } from '../../src/sources/csaf/advisory.fixture.ts';
import { type LoopbackSite, openLoopbackSite } from '../../src/sources/http/loopback-site.fixture.ts';
import { injectionPayloads as allPayloads } from '../../src/sources/markup/injection-payloads.fixture.ts';
import { sizes } from '../sizes.ts';
import { noBrowserBecause, openBrowser } from './open-browser.ts';
import { type RunningSite, startSite } from './start-site.ts';

const injectionPayloads = allPayloads.filter((_, n) => n % sizes.injectionStep === 0);
const folder = mkdtempSync(join(tmpdir(), 'kbalertz-injection-'));
let vendor: LoopbackSite;
let site: RunningSite;
let browser: Browser;

beforeAll(async () => {
  if (noBrowserBecause !== null) return;
  vendor = await openLoopbackSite();
  writeFolder();
  writeRepository();
  serveFeed();
  servePages();
  serveAdvisories();
  site = await startSite({ KBALERTZ_LOCAL_SOURCES: folder, KBALERTZ_PRIVATE_HOSTS: vendor.host });
  const sources = [
    ['in-folder', 'folder', join(folder, 'files')],
    ['in-git', 'git', join(folder, 'repository')],
    ['in-feed', 'feed', `${vendor.url}/feed.xml`],
    ['in-pages', 'pages', `${vendor.url}/sitemap.xml`],
    ['in-csaf', 'csaf', `${vendor.url}/rolie.json`],
  ] as const;
  for (const [name, kind, url] of sources) {
    await site.run('source', 'add', name, '--kind', kind, '--url', url);
  }
  await waitForScans(sources.map(([name]) => name));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await vendor?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(noBrowserBecause !== null)(
  'what a vendor injects through any source runs in no page, even without the content security policy',
  async () => {
    // The policy is switched off: what is tested is that nothing is there for it to stop.
    const context = await browser.newContext({ bypassCSP: true });
    const asked: string[] = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(site.url)) asked.push(request.url());
    });
    await context.addInitScript(
      "alert = () => document.documentElement.setAttribute('data-injected', 'it ran')",
    );
    const page = await context.newPage();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(`${page.url()}: ${dialog.message()}`);
      void dialog.dismiss();
    });

    // The search finds what runs where something does.
    await page.setContent('<main><img src="x" onerror="alert(1)"></main>');
    await expect.poll(() => findDangers(page)).toEqual(['an alert was called', 'IMG onerror']);

    const perSource = new Map<string, number>();
    const dangers: string[] = [];
    let missing = 0;
    for (let id = 1; missing < 30; id += 1) {
      const response = await page.goto(`${site.url}/a/${id}`, { waitUntil: 'domcontentloaded' });
      if (response?.status() === 404) {
        missing += 1;
        continue;
      }
      missing = 0;
      const text = await page.content();
      const source = /\bin-(folder|git|feed|pages|csaf)\b/.exec(text)?.[0];
      if (source !== undefined) perSource.set(source, (perSource.get(source) ?? 0) + 1);
      dangers.push(...(await findDangers(page)).map((danger) => `/a/${id} (${source}): ${danger}`));
    }
    for (const path of [
      '/',
      '/changes',
      '/changes?from=invisible',
      '/search?q=alert',
      '/search?q=script',
      '/status',
      '/technologies',
    ]) {
      await page.goto(site.url + path);
      dangers.push(...(await findDangers(page)).map((danger) => `${path}: ${danger}`));
    }

    expect(dangers).toEqual([]);
    expect(dialogs).toEqual([]);
    expect(asked).toEqual([]);
    for (const source of ['in-folder', 'in-git', 'in-feed', 'in-pages', 'in-csaf']) {
      expect(perSource.get(source) ?? 0, source).toBeGreaterThan(0);
    }
    expect(perSource.get('in-folder')).toBeGreaterThanOrEqual(injectionPayloads.length);
    expect(perSource.get('in-feed')).toBe(injectionPayloads.length);
  },
);

/** Looks for what ran, and for what could: handlers, addresses that run something, elements that load something. */
const search = String.raw`(() => {
  const found = [];
  if (document.documentElement.hasAttribute('data-injected')) found.push('an alert was called');
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(element.tagName + ' ' + name);
      const isAddress = /^(href|src|action|formaction|data|xlink:href|srcdoc)$/i.test(name);
      if (isAddress && /^(javascript|vbscript|data:text)/i.test(value.replace(/[\s\p{C}]/gu, ''))) {
        found.push(element.tagName + ' ' + name + '=' + value);
      }
    }
  }
  const active = 'main :is(script, iframe, object, embed, applet, base, link, meta, style)';
  for (const element of document.querySelectorAll(active)) found.push(element.tagName + ' in the article');
  return found;
})()`;

function findDangers(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(search);
}

/** The site scans new sources by itself. */
async function waitForScans(names: readonly string[]): Promise<void> {
  const deadlineMs = performance.now() + 100_000;
  for (;;) {
    const { out } = await site.run('source', 'list', '--json');
    const rows = sourceRows.parse(JSON.parse(out)).filter(({ name }) => names.includes(name));
    const failed = rows.find(({ lastScan }) => lastScan?.state === 'failed' || lastScan?.state === 'held');
    if (failed) throw new Error(`${failed.name}: ${failed.lastScan?.problem}`);
    if (rows.every(({ lastScan }) => lastScan?.state === 'done')) return;
    if (performance.now() > deadlineMs) throw new Error(`not scanned in time:\n${out}`);
    await new Promise((resolve) => setTimeout(resolve, 3000)); // each look starts the program
  }
}

const sourceRows = z.array(
  z.object({
    name: z.string(),
    lastScan: z.object({ state: z.string(), problem: z.string().nullable() }).nullable(),
  }),
);

function writeFolder(): void {
  const files = join(folder, 'files');
  mkdirSync(files, { recursive: true });
  for (const [n, payload] of injectionPayloads.entries()) {
    writeFileSync(
      join(files, `p${n}.md`),
      `---\ntitle: '${payload.replaceAll("'", "''").replaceAll('\n', ' ')}'\n---\n\nin-folder ${payload}\n\n- ${payload}\n\n> ${payload}\n`,
    );
  }
  writeFileSync(
    join(files, 'all.html'),
    `<html><head><title>in-folder</title></head><body><main><h1>in-folder</h1>${injectionPayloads.map((payload) => `<div>${payload}</div>`).join('\n')}</main></body></html>`,
  );
  writeFileSync(join(files, 'all.txt'), `in-folder\n\n${injectionPayloads.join('\n\n')}`);
}

function writeRepository(): void {
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  for (const [n, group] of groups(20))
    writeFileSync(join(repository, `g${n}.md`), `# in-git ${group[0]}\n\n${group.join('\n\n')}\n`);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@kb.example', ...args], { cwd: repository });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'articles');
}

function serveFeed(): void {
  const items = injectionPayloads.map(
    (payload, n) =>
      `<item><guid isPermaLink="false">${n}</guid><title>in-feed ${escapeXml(payload)}</title><link>${escapeXml(n % 2 ? 'javascript:alert(1)' : `${vendor.url}/${n}`)}</link><author>${escapeXml(payload)}</author><category>${escapeXml(payload)}</category><description>${escapeXml(`<p>in-feed</p>${payload}`)}</description></item>`,
  );
  vendor.answer('/feed.xml', `<rss><channel>${items.join('')}</channel></rss>`);
}

function servePages(): void {
  const paths: string[] = [];
  for (const [n, group] of groups(25)) {
    paths.push(`/page-${n}`);
    vendor.answer(`/page-${n}`, (_, response) => {
      response.setHeader('content-type', 'text/html');
      const divisions = group.map((payload) => `<div>${payload}</div>`).join('\n');
      response.end(
        `<html><head><title>in-pages</title><link rel="canonical" href="javascript:alert(1)"></head><body><main><h1>in-pages ${n}</h1>${divisions}</main></body></html>`,
      );
    });
  }
  vendor.answer(
    '/sitemap.xml',
    `<urlset>${paths.map((path) => `<url><loc>${vendor.url}${path}</loc></url>`).join('')}</urlset>`,
  );
}

function serveAdvisories(): void {
  const notes = injectionPayloads.map((payload) => ({
    category: 'description',
    title: payload,
    text: `in-csaf ${payload}`,
  }));
  const advisory = makeAdvisory({ title: `in-csaf ${injectionPayloads[0]}`, notes });
  const [vulnerability] = advisory.vulnerabilities;
  const vulnerabilities = injectionPayloads.map((payload, n) => ({
    ...vulnerability,
    cve: `CVE-2026-${1000 + n}`,
    title: payload,
    references: [{ summary: payload, url: payload }],
    remediations: [{ category: 'vendor_fix', details: payload, url: 'javascript:alert(1)' }],
  }));
  const text = JSON.stringify({ ...advisory, vulnerabilities });
  vendor.answer('/x-1.json', text);
  vendor.answer('/x-1.json.sha512', createHash('sha512').update(text).digest('hex'));
  vendor.answer(
    '/rolie.json',
    JSON.stringify({ feed: { entry: [{ updated: '1', content: { src: `${vendor.url}/x-1.json` } }] } }),
  );
}

/** The payloads in groups: a page for each would cost a polite second. */
function* groups(size: number): Generator<[number, readonly string[]]> {
  for (let at = 0; at < injectionPayloads.length; at += size)
    yield [at / size, injectionPayloads.slice(at, at + size)];
}

function escapeXml(text: string): string {
  return text
    .replace(/[^\P{C}\n\t]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
