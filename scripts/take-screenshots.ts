import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';

/** Takes the pictures of docs/images from a server with the starter knowledge base: `node scripts/take-screenshots.ts`. */
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'kbalertz-pictures-'));
const port = 8099;
const site = `http://localhost:${port}`;
const options = ['--data', join(folder, 'data')];
const program = join(root, 'bin/kbalertz');

const server = spawn(program, ['serve', '--starter', '--port', String(port), ...options], {
  stdio: ['ignore', 'pipe', 'ignore'],
});
let said = '';
server.stdout.setEncoding('utf8').on('data', (text: string) => {
  said += text;
});
let browser: Browser | null = null;
try {
  await waitFor('the first scan', async () => (await fetch(`${site}/a/KB910336`)).ok);
  // The second and third night: without them nothing would have changed.
  for (let night = 2; night <= 3; night += 1) spawnSync(program, ['scan', ...options]);
  await waitFor('the search', async () => (await fetch(`${site}/search?q=0x80070002`)).status === 200);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  const take = async (name: string, path: string) => {
    await page.goto(site + path);
    await page.screenshot({ path: join(root, `docs/images/${name}.png`) });
  };
  for (const [name, path] of [
    ['home', '/'],
    ['article', '/a/KB910336'],
    ['search', '/search?q=0x80070002'],
    ['technology', '/technologies/windows'],
    ['status', '/status'],
    ['help', '/help'],
  ] as const)
    await take(name, path);
  // What only those see who are signed in; the first of them administers the site.
  await page.goto(/http:\S+\/first-administrator\/\S+/.exec(said)?.[0] ?? site);
  await page.getByLabel('E-mail').fill('ada@example.org');
  await page.getByRole('button', { name: 'Make me administrator' }).click();
  await page.locator('#picker input').first().check();
  await page.getByRole('button', { name: 'Follow these' }).click();
  for (const [name, path] of [
    ['account', '/account'],
    ['settings', '/account/settings'],
    ['sources', '/admin/sources'],
    ['deliveries', '/admin/deliveries'],
  ] as const)
    await take(name, path);
} finally {
  await browser?.close();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function waitFor(what: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 720; tries += 1) {
    if (await isThere().catch(() => false)) return;
    await sleep(250);
  }
  throw new Error(`Waited three minutes for ${what}.`);
}
