import { describe, expect, test } from 'vitest';
import { createSiteWorld } from '../../tests/factories/site-world.ts';
import { createSuppressionStore } from '../store/suppressions.ts';

const follow = (technology: number) => ({ follow: `technology:${technology}` });

describe('every answer', () => {
  test('forbids what is inline, framed or foreign', async () => {
    const { get } = await createSiteWorld();
    for (const path of ['/', '/sign-in', '/nothing-here', '/healthz', '/technologies']) {
      const { headers } = await get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
    }
  });

  test('over plain http has no HSTS and a plain cookie', async () => {
    const { get, post, accounts, lastSecret } = await createSiteWorld({ publicUrl: 'http://localhost:8080' });
    expect((await get('/')).headers.get('strict-transport-security')).toBeNull();
    await accounts.signUp({ address: 'ada@example.org' });
    const proven = await post(`/confirm/${lastSecret('ada@example.org')}`);
    expect(proven.headers.get('set-cookie')).toMatch(/^session=[\w-]{30,}; .*HttpOnly; SameSite=Lax$/);
  });

  test('has no style or script of its own in the page', async () => {
    const world = await createSiteWorld();
    const { cookie } = await world.signIn('ada@example.org');
    for (const path of [
      '/',
      '/sign-up',
      '/welcome',
      '/account',
      '/account/settings',
      '/help',
      '/search/advanced',
    ]) {
      const page = await (await world.get(path, { cookie })).text();
      expect(page, path).not.toMatch(/<style|<script(?![^>]* src=)|\son\w+=|\sstyle=/i);
    }
    expect(world.problems).toEqual([]);
  });
});

describe('signing up', () => {
  test('goes from the address to a session, and follows what was wanted', async () => {
    const world = await createSiteWorld();
    const technology = await world.ledger.addTechnology('Exchange Online');
    const offered = await world.post('/follow', follow(technology));
    expect(offered.headers.get('location')).toBe(`/sign-up?follow=technology%3A${technology}`);
    const form = await (await world.get(offered.headers.get('location') ?? '')).text();
    expect(form).toContain(`name="follow" value="technology:${technology}"`);
    const mailed = await world.post('/sign-up', {
      address: 'ada@example.org',
      zone: 'Europe/Berlin',
      ...follow(technology),
    });
    expect(await mailed.text()).toContain('Look into your mailbox');
    const link = `/confirm/${world.lastSecret('ada@example.org')}`;
    expect(await (await world.get(link)).text()).toContain('Confirm and go on');
    const proven = await world.post(link);
    expect(proven.headers.get('location')).toBe('/welcome');
    const setCookie = proven.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(
      /^__Host-session=[\w-]{30,}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const cookie = setCookie.split(';')[0] ?? '';
    expect(await (await world.get('/account', { cookie })).text()).toContain('Exchange Online');
    expect((await world.get(link)).status).toBe(410);
    const account = await world.accounts.findAccountByAddress('ada@example.org');
    expect(account).toMatchObject({ timeZone: 'Europe/Berlin' });
  });

  test('answers the same for every address', async () => {
    const world = await createSiteWorld();
    await world.join('known@example.org');
    const bodies = await Promise.all(
      ['known@example.org', 'other@example.org'].map(async (address) => {
        const answer = await world.post('/sign-up', { address });
        return { status: answer.status, body: (await answer.text()).replaceAll(address, '') };
      }),
    );
    expect(bodies[0]).toEqual(bodies[1]);
    const wrong = await Promise.all(
      ['known@example.org', 'other@example.org'].map(async (address) => {
        const answer = await world.post('/sign-in', { address, password: 'not the password' });
        return { status: answer.status, body: (await answer.text()).replaceAll(address, '') };
      }),
    );
    expect(wrong[0]).toEqual(wrong[1]);
  });

  test('says what is wrong with an address, and keeps it in the form', async () => {
    const { post } = await createSiteWorld();
    const answer = await post('/sign-up', { address: '<script>alert(1)</script>' });
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page).toContain('value="&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(page).toContain('aria-invalid="true"');
  });

  test('is limited for a network, with the time to come back', async () => {
    const { post } = await createSiteWorld();
    const answers = [];
    for (let n = 0; n < 62; n += 1)
      answers.push(await post('/sign-up', { address: `reader${n}@example.org` }));
    expect(answers.map((answer) => answer.status)).toEqual([...Array(60).fill(200), 429, 429]);
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('3600');
  });

  test('is limited by the day, too, so that nobody has us write to many strangers', async () => {
    const { post, wait, notices } = await createSiteWorld();
    for (let hour = 0; hour < 3; hour += 1) {
      for (let n = 0; n < 50; n += 1) await post('/sign-up', { address: `reader${hour}-${n}@example.org` });
      wait(3_600_000);
    }
    expect(notices).toHaveLength(100);
    const refused = await post('/sign-up', { address: 'one-more@example.org' });
    expect(refused.status).toBe(429);
    expect(await refused.text()).toContain('at most 100 of these in a day');
    wait(22 * 3_600_000);
    expect((await post('/sign-up', { address: 'one-more@example.org' })).status).toBe(200);
  });
});

describe('a request that changes something', () => {
  test('is refused from another site, and changes nothing', async () => {
    const world = await createSiteWorld();
    const { cookie, accountId } = await world.signIn('ada@example.org');
    const technology = await world.ledger.addTechnology('Teams');
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://kb.example.org' },
    ]) {
      expect((await world.post('/follow', follow(technology), { cookie, headers })).status).toBe(403);
    }
    for (const origin of ['https://evil.example', 'null', '']) {
      const answer = await world.site.fetch(
        new Request('https://kb.example.org/follow', {
          method: 'POST',
          body: new URLSearchParams(follow(technology)),
          headers: { cookie, ...(origin !== '' && { origin }) },
        }),
      );
      expect(answer.status).toBe(403);
    }
    expect(await world.ports.subscriptions.listSubscriptions(accountId)).toEqual([]);
  });

  test('is taken from browsers that only send their origin', async () => {
    const world = await createSiteWorld();
    const { cookie, accountId } = await world.signIn('ada@example.org');
    const technology = await world.ledger.addTechnology('Teams');
    const answer = await world.site.fetch(
      new Request('https://kb.example.org/follow', {
        method: 'POST',
        body: new URLSearchParams(follow(technology)),
        headers: { cookie, origin: 'https://kb.example.org' },
      }),
    );
    expect(answer.status).toBe(302);
    expect(await world.ports.subscriptions.listSubscriptions(accountId)).toHaveLength(1);
  });
});

describe('an address that is not mailed', () => {
  test('is told so on its account page, and is tried again by one button, once a day', async () => {
    const world = await createSiteWorld();
    const { cookie } = await world.signIn('ada@example.org');
    const suppressions = createSuppressionStore(world.database);
    const bounce = { addressKey: 'ada@example.org', reason: 'hard-bounce', detail: '<b>5.1.1</b>' };
    const suppress = () => suppressions.suppress({ ...bounce, createdAt: world.clock.now() });
    const page = async () => (await world.get('/account', { cookie })).text();
    const tryAgain = (options = {}) => world.post('/account/address/try-again', {}, { cookie, ...options });
    expect(await page()).not.toContain('try-again');
    await suppress();
    expect(await page()).toMatch(
      /We do not mail ada@example\.org\.<\/strong> A mail came back: the mail server there says that the address does not exist\. That was <time[^>]*>[^<]*<\/time>; nothing has been mailed there since\./,
    );
    expect(await page()).toContain('Try this address again</button>');
    expect((await tryAgain({ headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await tryAgain({ cookie: '' })).status).toBe(401);
    expect((await tryAgain()).headers.get('location')).toBe('/account?said=address-tried-today');
    expect(await page()).toContain('We do not mail');

    world.wait(86_400_000);
    expect((await tryAgain()).headers.get('location')).toBe('/account?said=address-tried');
    expect(world.notices.at(-1)).toMatchObject({
      address: 'ada@example.org',
      notice: { kind: 'address-tried-again' },
    });
    expect(await page()).not.toContain('We do not mail');
    const letters = world.notices.length;
    expect((await tryAgain()).headers.get('location')).toBe('/account?said=address-not-suppressed');
    await suppress();
    expect((await tryAgain()).headers.get('location')).toBe('/account?said=address-tried-today');
    expect(world.notices).toHaveLength(letters);
    await suppressions.lift('ada@example.org');
    await suppressions.suppress({ ...bounce, reason: 'by-hand', createdAt: world.clock.now() });
    expect(await page()).toContain('An administrator stopped mail to it');
    expect(await page()).not.toContain('Try this address again');
    expect((await tryAgain()).status).toBe(400);
  });
});

describe('unsubscribing', () => {
  test('needs one click, no cookie and no origin; looking changes nothing; repeating is fine', async () => {
    const world = await createSiteWorld();
    const { accountId, cookie } = await world.signIn('ada@example.org');
    const technology = await world.ledger.addTechnology('Teams');
    await world.post('/follow', follow(technology), { cookie });
    const account = await world.accounts.findAccount(accountId);
    const [subscription] = await world.ports.subscriptions.listSubscriptions(accountId);
    const secret = account?.unsubscribeSecret ?? '';
    const oneClick = (path: string) =>
      world.site.fetch(
        new Request(`https://kb.example.org${path}`, {
          method: 'POST',
          body: 'List-Unsubscribe=One-Click',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
      );

    expect(await (await world.get(`/u/${secret}/${subscription?.id}`)).text()).toContain(
      'Stop mail about Teams?',
    );
    expect(await world.ports.subscriptions.listSubscriptions(accountId)).toHaveLength(1);
    expect((await oneClick(`/u/${secret}/${subscription?.id}`)).status).toBe(200);
    expect((await oneClick(`/u/${secret}/${subscription?.id}`)).status).toBe(200);
    expect(await world.ports.subscriptions.listSubscriptions(accountId)).toEqual([]);

    await world.get(`/u/${secret}`);
    expect(await world.accounts.findAccount(accountId)).toMatchObject({ paused: false });
    expect(await (await oneClick(`/u/${secret}`)).text()).toContain('All mail is stopped');
    expect((await oneClick(`/u/${secret}`)).status).toBe(200);
    expect(await world.accounts.findAccount(accountId)).toMatchObject({ paused: true });
    expect((await oneClick('/u/made-up')).status).toBe(404);
  });
});

describe('pages of others', () => {
  test('are shown to nobody but their owner or an administrator', async () => {
    const world = await createSiteWorld();
    const reader = await world.signIn('ada@example.org');
    for (const path of ['/account', '/account/settings', '/account/export.json', '/welcome']) {
      expect((await world.get(path)).headers.get('location'), path).toBe('/sign-in');
    }
    for (const path of [
      '/admin/sources',
      '/admin/accounts',
      '/admin/deliveries',
      '/outbox',
      '/admin/scans',
    ]) {
      expect((await world.get(path, reader)).status, path).toBe(404);
      expect((await world.get(path)).headers.get('location')).toBe('/sign-in');
    }
    expect((await world.post('/admin/sources/x/remove', { name: 'x' }, reader)).status).toBe(404);
    await world.accounts.setRole(reader.accountId, 'administrator', { kind: 'operator' });
    for (const path of [
      '/admin/sources',
      '/admin/sources/new',
      '/admin/accounts',
      '/admin/deliveries',
      '/outbox',
    ]) {
      expect((await world.get(path, reader)).status, path).toBe(200);
    }
    expect(world.problems).toEqual([]);
  });
});

describe('a page that was not found or can not be made', () => {
  test('says what happened, and what to do', async () => {
    const { get } = await createSiteWorld();
    const answer = await get('/a/KB999999?from=%3Cb%3E');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is no such article');
    expect((await get('/%E0%A4%A')).status).toBe(404);
  });

  test('gives a reference and no detail when the program is at fault', async () => {
    const { get, problems } = await createSiteWorld({
      ports: {
        findTechnologies: async () => [],
        clock: {
          now() {
            throw new Error('secret detail');
          },
        },
      },
    });
    const answer = await get('/status');
    expect(answer.status).toBe(500);
    const page = await answer.text();
    expect(page).not.toContain('secret detail');
    expect(problems).toMatchObject([
      { route: '/status', reference: /tell .* reference (\w+)/.exec(page)?.[1] },
    ]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
