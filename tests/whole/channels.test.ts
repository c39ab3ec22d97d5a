import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hook, openHook } from '../factories/open-hook.ts';
import { noBrowserBecause, openBrowser } from './open-browser.ts';
import { type RunningSite, startSite } from './start-site.ts';

const reader = 'reader@example.org';
const dayMs = 86_400_000;
const later = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

describe('the digest of a reader with several channels', () => {
  let site: RunningSite;
  let hook: Hook;
  beforeAll(async () => {
    hook = await openHook();
    site = await startSite({ KBALERTZ_PRIVATE_HOSTS: hook.host });
  });
  afterAll(async () => {
    await site?.stop();
    await hook?.close();
  });

  const runJson = async (...args: string[]) => JSON.parse((await site.run(...args, '--json')).out);
  const at = (path: string) => hook.received.filter((one) => one.path === path);

  test('reaches mail, webhook and chat, each once, and a feed besides', async () => {
    await site.run('subscribe', reader, '--technology', 'Windows Update', '--vouched');
    const added = await runJson('channel', 'add', reader, '--kind', 'webhook', '--url', `${hook.url}/hook`);
    expect(added.secret).toMatch(/^whsec_/);
    const slack = await runJson('channel', 'add', reader, '--kind', 'slack', '--url', `${hook.url}/slack`);
    const never = await runJson('channel', 'add', reader, '--kind', 'teams', '--url', `${hook.url}/teams`);
    for (const { id } of [added, slack]) await site.run('channel', 'test', reader, String(id));
    expect(JSON.parse(String(at('/hook')[0]?.body))).toMatchObject({ type: 'test' });
    const listed = await runJson('channel', 'list', reader);
    expect(listed.channels.map((one: { state: string }) => one.state)).toEqual([
      'active',
      'active',
      'untested',
    ]);
    expect(JSON.stringify(listed)).not.toContain('whsec_');

    await site.run('scan', 'starter', '--now', later(1));
    // Planned for a day to come, so that no worker of the site has it: what is planned and sent twice goes once.
    for (const step of ['plan', 'send', 'plan', 'send']) {
      await site.run('digest', step, '--now', later(2));
    }
    expect([at('/hook').length, at('/slack').length, at('/teams').length]).toEqual([2, 2, 0]);
    const got = at('/hook')[1];
    const message = JSON.parse(String(got?.body));
    expect(message).toMatchObject({ type: 'digest.created' });
    expect(message.data.count).toBeGreaterThan(0);
    const sentAt = new Date(Number(got?.headers['webhook-timestamp']) * 1000);
    const signature = new Webhook(added.secret).sign(
      got?.headers['webhook-id'] ?? '',
      sentAt,
      got?.body ?? '',
    );
    expect(signature).toBe(got?.headers['webhook-signature']);
    expect(JSON.parse(String(at('/slack')[1]?.body)).text).toBe(message.data.title);

    const exported = await runJson('user', 'export', reader);
    expect(exported.digests).toHaveLength(1);
    expect(exported.channels).toHaveLength(3);
    expect(JSON.stringify(exported)).not.toContain(added.secret);
    const feed = await fetch(`${site.url}/feeds/technologies/windows-update.atom`);
    expect(await feed.text()).toContain('<entry>');
    const again = await fetch(feed.url, { headers: { 'if-none-match': feed.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);

    await site.run('channel', 'remove', reader, String(never.id));
    await expect(site.run('channel', 'test', reader, String(never.id))).rejects.toThrow('has no channel');
    await expect(
      site.run('channel', 'add', reader, '--kind', 'webhook', '--url', 'https://169.254.169.254/'),
    ).rejects.toThrow('not a public address');
  }, 300_000);

  test.skipIf(noBrowserBecause !== null)(
    'is shown by a browser that was asked to',
    async () => {
      const browser = await openBrowser();
      try {
        const context = await browser.newContext({ baseURL: site.url, permissions: ['notifications'] });
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on('console', (message) => complaints.push(message.text()));
        await page.goto(site.administratorLink);
        await page.getByLabel('E-mail').fill('admin@example.org');
        await page.getByRole('button', { name: 'Make me administrator' }).click();
        await page.goto('/account/channels');
        const button = page.getByRole('button', { name: 'Show digests in this browser' });
        await button.click();
        // The push service of the browser's maker can't be reached from here; its worker is there all the same.
        await page.waitForFunction('navigator.serviceWorker.ready.then(() => true)');
        const session = await context.newCDPSession(page);
        const registered = new Promise<{ registrationId: string }>((resolve) => {
          session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
            if (first) resolve(first);
          });
        });
        await session.send('ServiceWorker.enable');
        await session.send('ServiceWorker.deliverPushMessage', {
          origin: site.url,
          registrationId: (await registered).registrationId,
          data: JSON.stringify({
            title: '2 changes: Exchange',
            body: 'Changed: x',
            url: '/account',
            tag: 't',
          }),
        });
        const shown = `navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
        .then((all) => all.map(({ title, body, tag }) => [title, body, tag].join('|')))`;
        await expect
          .poll(() => page.evaluate(shown), { timeout: 10_000 })
          .toEqual(['2 changes: Exchange|Changed: x|t']);
        expect(complaints.filter((text) => /Trusted|Content Security/.test(text))).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});
