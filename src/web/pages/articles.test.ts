import { describe, expect, test } from 'vitest';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';
import { createReadingKeeper } from '../../knowledge/kept-readings/create-reading-keeper.ts';
import { createPageReadings } from '../../store/page-readings.ts';
import { watchWrittenSource, writeSource } from '../../store/scanning.fixture.ts';

const article = (title: string, steps: readonly string[], more = '') =>
  `---\ntitle: ${title}\nappliesto:\n- Exchange Online\n---\n# ${title}\n\n${more}\n\n## Resolution\n\n${steps.map((step, n) => `${n + 1}. ${step}`).join('\n')}\n`;

/** Two nights: an article that changes, one that is retired, one that is hostile. */
async function replayTwoNights() {
  const world = await createSiteWorld();
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(world.database, written, { now: world.clock.now() });
  const hostile = article('<img src=x onerror=alert(1)>', [
    '<script>alert(2)</script> run `x`',
    '[go](javascript:alert(3))',
  ]);
  const kept =
    'Original KB number: &nbsp; 910336\n\nSee [the other](other.md) and [that](https://vendor.example/that).';
  written.show({
    'kb/one.md': article('Mail is stuck', ['Restart the transport service.'], kept),
    'kb/other.md': article('Calendar is empty', ['Wait.']),
    'kb/hostile.md': hostile,
  });
  await scanner.scan(source);
  written.show({
    'kb/one.md': article(
      'Mail is stuck',
      ['Stop the queue `net stop MSExchangeTransport`.', 'Restart the transport service.'],
      kept,
    ),
    'kb/hostile.md': hostile,
  });
  await scanner.scan(source);
  const idOf = async (key: string) => {
    const [found] = await world.ports.archive.findArticlesByName(key);
    if (found === undefined) throw new Error(`${key} was not kept`);
    return found.id;
  };
  return { ...world, idOf, read: async (path: string) => (await world.get(path)).text() };
}

describe('an article', () => {
  test('shows its facts, its text, its history, and leads to the copies that are kept here', async () => {
    const { idOf, read, problems } = await replayTwoNights();
    const [one, other] = [await idOf('kb/one.md'), await idOf('kb/other.md')];
    const page = await read(`/a/${one}`);
    expect(page).toContain('<h1>Mail is stuck</h1>');
    expect(page).toContain('Exchange Online');
    expect(page).toContain('<code>net stop MSExchangeTransport</code>');
    expect(page).toMatch(new RegExp(`<a href="/a/${other}"[^>]*>the other</a>`));
    expect(page).toMatch(/<a href="https:\/\/vendor\.example\/that" rel="noreferrer nofollow">that<\/a>/);
    expect(page).toContain(`href="/a/${one}/diff?from=1&amp;to=2"`);
    expect(await read(`/a/${one}/r/1`)).toContain('This is revision 1');
    expect(await read(`/a/${one}/r/1`)).not.toContain('net stop');
    expect(problems).toEqual([]);
  });

  test('is byte for byte the same when its reading was kept, which its page then needs alone', async () => {
    const { database, ports, clock, idOf, read, problems } = await replayTwoNights();
    const ids = [await idOf('kb/one.md'), await idOf('kb/other.md'), await idOf('kb/hostile.md')];
    const readAll = () => Promise.all(ids.map((id) => read(`/a/${id}`)));
    const before = await readAll();
    const shelf = createPageReadings(database, { madeBy: 'this version', clock });
    const keep = createReadingKeeper({ archive: ports.archive, shelf, pause: async () => {} });
    expect(await keep(AbortSignal.timeout(20_000))).toEqual({ made: 3 });
    await database.db.deleteFrom('newest_contents').execute();
    expect(await readAll()).toEqual(before);
    expect(problems).toEqual([]);
  });

  test('is found by the number that its vendor gave it', async () => {
    const { idOf, get } = await replayTwoNights();
    const id = await idOf('kb/one.md');
    for (const name of ['KB910336', '910336', 'kb910336']) {
      expect((await get(`/a/${name}`)).headers.get('location'), name).toBe(`/a/${id}`);
    }
    expect((await get('/a/99999')).status).toBe(404);
    expect((await get(`/a/${id}/r/7`)).status).toBe(404);
    expect((await get(`/a/${id}?from=1&to=2`)).headers.get('location')).toBe(`/a/${id}/diff?from=1&to=2`);
  });

  test('that was retired answers 410 and keeps its last revision', async () => {
    const { idOf, get } = await replayTwoNights();
    const answer = await get(`/a/${await idOf('kb/other.md')}`);
    expect(answer.status).toBe(410);
    const page = await answer.text();
    expect(page).toContain('The vendor retired this article');
    expect(page).toContain('Wait.');
  });

  test('can not run anything, wherever its words are shown', async () => {
    const { idOf, read } = await replayTwoNights();
    const id = await idOf('kb/hostile.md');
    for (const path of [
      `/a/${id}`,
      `/a/${id}/diff?from=1&to=1`,
      '/changes',
      '/changes?from=invisible',
      '/',
      '/technologies/exchange-online',
    ]) {
      const page = await read(path);
      expect(page, path).not.toMatch(/<script>|<img src=x|javascript:/i);
    }
  });
});

describe('a difference', () => {
  test('shows what was added and what stayed, and says when nothing did', async () => {
    const { idOf, read } = await replayTwoNights();
    const id = await idOf('kb/one.md');
    const page = await read(`/a/${id}/diff?from=1&to=2`);
    expect(page).toContain('What changed from revision 1 to 2');
    expect(page).toMatch(/<ins>Stop the queue net stop MSExchangeTransport\.<\/ins>/);
    expect(page).not.toContain('<del>Restart');
    expect(await read(`/a/${id}/diff?from=2&to=1`)).toMatch(/<del>Stop the queue/);
    expect(await read(`/a/${id}/diff?from=1&to=1`)).toContain('Nothing that a reader can see');
  });

  test('stands in one column too, and is taken along as text and as a patch', async () => {
    const { idOf, get, read } = await replayTwoNights();
    const id = await idOf('kb/one.md');
    const page = await read(`/a/${id}/diff?layout=inline`);
    expect(page).toContain('class="diff inline"');
    expect(page).not.toContain('class="pair head"');
    expect(await read(`/a/${id}/diff.txt`)).toMatch(/^\+ .*Stop the queue net stop MSExchangeTransport\.$/m);
    const patch = await get(`/a/${id}/diff.patch`);
    expect(patch.headers.get('content-disposition')).toContain(`article-${id}-1-2.patch`);
    expect(await patch.text()).toContain('+1. Stop the queue `net stop MSExchangeTransport`.');
    expect((await get(`/a/${id}/diff.patch?from=1&to=9`)).status).toBe(404);
  });
});

describe('the stream of changes', () => {
  test('is filtered by significance, technology and day', async () => {
    const { read } = await replayTwoNights();
    expect(await read('/changes')).toContain('Mail is stuck');
    expect(await read('/changes?technology=exchange-online&from=material')).toContain('Mail is stuck');
    expect(await read('/changes?day=1999-01-01')).toContain('No change is like that');
    expect(await read('/changes?day=no-day&from=nonsense&technology=none&before=x&source=y')).toContain(
      'Mail is stuck',
    );
  });
});

describe('a technology', () => {
  test('shows its changes, its calendar and its articles', async () => {
    const { read } = await replayTwoNights();
    const page = await read('/technologies/exchange-online');
    expect(page).toContain('Follow Exchange Online');
    expect(page).toContain('<svg class="calendar"');
    expect(page).toContain('Calendar is empty</a></h3>');
    expect(await read('/technologies')).toContain('href="/technologies/exchange-online"');
  });
});
