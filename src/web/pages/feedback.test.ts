import { expect, test } from 'vitest';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';
import { injectionPayloads } from '../../sources/markup/injection-payloads.fixture.ts';
import { watchWrittenSource, writeSource } from '../../store/scanning.fixture.ts';

const text = (step: string) =>
  `---\ntitle: Mail is stuck\nappliesto:\n- Exchange Online\n---\n# Mail is stuck\n\n## Resolution\n\n1. ${step}\n`;

async function openWorld(options: Parameters<typeof createSiteWorld>[0] = {}) {
  const world = await createSiteWorld(options);
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(world.database, written, { now: world.clock.now() });
  const show = async (step: string) => {
    written.show({ 'kb/one.md': text(step) });
    await scanner.scan(source);
  };
  await show('Restart the transport service.');
  const read = async (path: string, cookie?: string) =>
    (await world.get(path, cookie === undefined ? {} : { cookie })).text();
  const tell = async (cookie: string | undefined, fields: Record<string, string> = {}) =>
    world.post(
      '/a/1/feedback',
      { outcome: 'yes', text: 'Restarting it was enough.', ...fields },
      cookie === undefined ? {} : { cookie },
    );
  const signInAs = async (address: string, role: 'reader' | 'moderator') => {
    const signedIn = await world.signIn(address);
    await world.accounts.setRole(signedIn.accountId, role, { kind: 'operator' });
    return signedIn.cookie;
  };
  return { ...world, show, read, tell, signInAs };
}

test('feedback is written, shown, reported, queued and decided', async () => {
  const { read, tell, signInAs, post, get, problems } = await openWorld();
  expect(await read('/a/1')).toContain('Nobody has told yet');
  expect((await tell(undefined)).headers.get('location')).toBe('/sign-in');
  const [ada, moderator] = [await signInAs('ada@x.org', 'reader'), await signInAs('mo@x.org', 'moderator')];
  const answer = await tell(ada, { text: 'Mail me at ada@x.org: it was enough.', version: '15.2' });
  const shown = await read(answer.headers.get('location') ?? '', ada);
  expect(shown).toContain('Your feedback is shown below');
  expect(shown).toContain('We masked 1 e-mail address before we saved it');
  const page = await read('/a/1');
  expect(page).toContain('Worked for <strong>1 of 1</strong>');
  expect(page).toContain('[e-mail address masked]: it was enough.');
  expect(page).not.toContain('ada@x.org');

  const report = await post('/feedback/1/report', { reason: 'spam', note: 'an advert' });
  expect(report.headers.get('location')).toBe('/a/1?said=reported#feedback');
  const bob = await signInAs('bob@x.org', 'reader');
  await post('/feedback/1/report', { reason: 'spam' }, { cookie: bob });
  expect(await read('/a/1')).not.toContain('it was enough');

  expect((await get('/moderation', { cookie: bob })).status).toBe(404);
  const queue = await read('/moderation', moderator);
  expect(queue).toContain('Reported: spam (2).');
  expect(queue).toContain('an advert');
  expect(queue).not.toContain('href="/admin/sources"');
  await post('/moderation', { verdict: 'disagree', feedback: '1' }, { cookie: moderator });
  expect(await read('/moderation', moderator)).toContain('Nothing waits for you');
  expect(await read('/moderation/trail', moderator)).toContain('disagreed: shown');
  expect(await read('/a/1')).toContain('it was enough');
  expect(problems).toEqual([]);
});

test('feedback written for an earlier revision says so, and counts apart', async () => {
  const { show, read, tell, signInAs } = await openWorld();
  await tell(await signInAs('ada@x.org', 'reader'));
  await show('Stop the queue with `net stop MSExchangeTransport`, then restart the server twice.');
  expect(await read('/a/1')).toContain('written for revision 1; the article has changed since');
  await tell(await signInAs('bob@x.org', 'reader'), { outcome: 'no', text: 'Not any more.', harm: '1' });
  const page = await read('/a/1');
  expect(page).toContain('Worked for <strong>0 of 1</strong> since revision 2');
  expect(page).toContain('Before revision 2: 1 of 1.');
  expect(page.indexOf('Did harm')).toBeLessThan(page.indexOf('Restarting it'));
});

test('strangers write where the operator allows it, and are read by a moderator first', async () => {
  const { read, tell, signInAs } = await openWorld({ takesAnonymousFeedback: true });
  const answer = await tell(undefined, { text: 'I ran rd /s on the folder, see https://x.example/y.' });
  expect(answer.headers.get('location')).toBe('/a/1?said=feedback-held#feedback');
  expect(await read('/a/1')).not.toContain('rd /s');
  const queue = await read('/moderation', await signInAs('mo@x.org', 'moderator'));
  expect(queue).toContain('Held: written without an account');
  expect(queue).toContain('<strong>Careful:</strong> rd /s deletes a folder');
  expect(queue).toContain('<a href="https://x.example/y" rel="ugc nofollow noreferrer noopener">');
  expect((await tell(undefined, { text: '' })).status).toBe(400);
  expect((await tell(undefined, { outcome: 'perhaps' })).status).toBe(400);
  for (const words of ['More.', 'And more.']) await tell(undefined, { text: words });
  expect((await tell(undefined, { text: 'Still more.' })).status).toBe(429);
});

test('writers see where theirs stands, appeal, and take it back', async () => {
  const { read, tell, signInAs, post } = await openWorld();
  const [ada, moderator] = [await signInAs('ada@x.org', 'reader'), await signInAs('mo@x.org', 'moderator')];
  await tell(ada);
  await post(
    '/moderation',
    { verdict: 'agree', feedback: '1', reason: 'wrong-article' },
    { cookie: moderator },
  );
  expect(await read('/a/1')).toContain('<summary class="quiet">Reported as irrelevant</summary>');
  expect(await read('/account/feedback', ada)).toContain(
    'folded as irrelevant (it is about another article)',
  );
  await post('/account/feedback/1/appeal', { text: 'It is about this one.' }, { cookie: ada });
  expect(await read('/moderation', moderator)).toContain('It is about this one.');
  await post('/account/feedback/1/withdraw', {}, { cookie: ada });
  expect(await read('/account/feedback', ada)).toContain('You have told nothing yet');
});

test('nothing that anybody writes runs, in any field, on any page', async () => {
  const { read, tell, signInAs, post, wait, accounts } = await openWorld();
  const moderator = await signInAs('mo@x.org', 'moderator');
  const inert =
    /<(script|img|svg|iframe|math|object|embed|base|link|meta|style|form|input|details|video|audio)\b/i;
  const countTags = async (path: string, cookie?: string) => {
    const page = await read(path, cookie);
    expect(page).not.toMatch(/<[^>]+\son\w+\s*=/i);
    expect(page).not.toMatch(/(href|src|action)="\s*(javascript|data|vbscript):/i);
    return page;
  };
  for (const [n, payload] of injectionPayloads.entries()) {
    const { cookie, accountId } = await (async () => {
      wait(60_000);
      const id = await accounts.findAccountByAddress(`writer${Math.floor(n / 4)}@x.org`);
      if (id === null || n % 4 === 0) {
        const address = `writer${Math.floor(n / 4)}@x.org`;
        const cookieOf = await signInAs(address, 'reader');
        return { cookie: cookieOf, accountId: (await accounts.findAccountByAddress(address))?.id };
      }
      const { secret } = await accounts.startSession({ accountId: id.id, userAgent: 'a test' });
      return { cookie: `__Host-session=${secret}`, accountId: id.id };
    })();
    expect(accountId).toBeDefined();
    await tell(cookie, { text: `${payload} ${n}`, name: payload, version: payload, technology: payload });
    await post('/feedback/1/report', { reason: 'dangerous-advice', note: payload }, { cookie });
  }
  for (const path of ['/a/1', '/a/1/feedback']) await countTags(path);
  for (const path of ['/moderation', '/moderation/trail']) await countTags(path, moderator);
  const said = (await read('/a/1/feedback')).match(/<div class="said">.*?<\/div>/gs) ?? [];
  expect(said.length).toBeGreaterThan(40);
  for (const one of said) expect(one).not.toMatch(inert);
});
