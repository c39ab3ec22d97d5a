import { beforeEach, describe, expect, test } from 'vitest';
import type { ArticleDraft } from '../../knowledge/article.ts';
import { createTestTime, describeTestSource } from './loopback-site.fixture.ts';
import { openVisitRound } from './visit-round.ts';
import { createVolatileFetchMemory } from './volatile-fetch-memory.ts';

const source = describeTestSource('pages', 'https://kb.example/');
const draft = (key: string, text: string): ArticleDraft => ({
  key,
  url: key,
  aliases: [],
  published: { format: 'text', text, includes: {}, facts: {} },
  placeTechnologies: [],
});
let memory = createVolatileFetchMemory();
let time = createTestTime();
beforeEach(() => {
  memory = createVolatileFetchMemory();
  time = createTestTime();
});
const open = (cursor: string | null, asOf: Parameters<typeof openVisitRound>[0]['asOf'] = null) =>
  openVisitRound({ source, cursor, asOf, memory, clock: time.clock });
const outcome = { warnings: [], isComplete: true };
const visitAll = async (cursor: string | null, articles: Record<string, string>) => {
  const round = await open(cursor);
  for (const [key, text] of Object.entries(articles)) await round.recordArticle(key, draft(key, text));
  time.pass(1000);
  return round.finish(outcome);
};

describe('a round of visits', () => {
  test('is whole at first and shows differences from then on', async () => {
    const first = await visitAll(null, { a: '1', b: '1' });
    expect(first).toMatchObject({ extent: 'whole', articleCount: 2 });
    const second = await visitAll(first?.proof ?? '', { a: '1', b: '2', c: '1' });
    expect(second).toMatchObject({ extent: 'difference', articleCount: 3, vanished: [] });
    expect(second?.drafts.map(({ key }) => key)).toEqual(['b', 'c']);
  });

  test('shows nothing when nothing is different', async () => {
    const first = await visitAll(null, { a: '1' });
    expect(await visitAll(first?.proof ?? '', { a: '1' })).toBeNull();
  });

  test('shows a change again when the scan that saw it was not applied', async () => {
    const first = await visitAll(null, { a: '1' });
    const cursor = first?.proof ?? '';
    expect((await visitAll(cursor, { a: '2' }))?.drafts).toHaveLength(1);
    expect((await visitAll(cursor, { a: '2' }))?.drafts).toHaveLength(1);
  });

  test('names what is gone with its reason, and forgets it afterwards', async () => {
    const first = await visitAll(null, { a: '1', b: '1' });
    const round = await open(first?.proof ?? '');
    await round.recordGone('a', 'The vendor removed it.');
    await round.recordGone('never-known', null);
    const second = await round.finish(outcome);
    expect(second).toMatchObject({
      vanished: [{ key: 'a', because: 'The vendor removed it.' }],
      articleCount: 1,
    });
    expect((await open(second?.proof ?? '')).listArticles()).toEqual(['b']);
  });

  test('that was cut short goes on where it was', async () => {
    const round = await open(null);
    await round.recordArticle('a', draft('a', '1'));
    await round.pause();
    const again = await open(null);
    expect(again.isDone('a')).toBe(true);
    await again.recordArticle('b', draft('b', '1'));
    expect((await again.finish(outcome))?.drafts.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test('is whole again when the memory was lost and all was seen', async () => {
    const first = await visitAll(null, { a: '1' });
    memory = createVolatileFetchMemory();
    expect(await visitAll(first?.proof ?? '', { a: '1', b: '1' })).toMatchObject({ extent: 'whole' });
    memory = createVolatileFetchMemory();
    const partial = await open(first?.proof ?? '');
    await partial.recordArticle('b', draft('b', '1'));
    expect(await partial.finish({ ...outcome, isComplete: false })).toMatchObject({ extent: 'difference' });
  });

  test('can be read again at the moment of a snapshot that was held, and at no other', async () => {
    const first = await visitAll(null, { a: '1', b: '1' });
    const cursor = first?.proof ?? '';
    const round = await open(cursor);
    await round.recordGone('a', null);
    time.pass(1000);
    const held = await round.finish(outcome);
    if (held === null) throw new Error('nothing was seen');
    const accepted = await open(cursor, held.asOf);
    await accepted.recordGone('a', null);
    time.pass(5000);
    expect((await accepted.finish(outcome))?.proof).toBe(held.proof);
    await expect(open(cursor, first?.asOf)).rejects.toMatchObject({ code: 'no-memory' });
  });

  test('asks for everything again when the settings are others, also in the middle', async () => {
    const changed = { ...source, settings: { content: '.article' } };
    const openWith = (of: typeof source, cursor: string | null) =>
      openVisitRound({ source: of, cursor, asOf: null, memory, clock: time.clock });
    const validators = { etag: '"1"', lastModified: null };
    const first = await open(null);
    await first.recordArticle('a', draft('a', '1'), { validators, note: 'yesterday' });
    const snapshot = await first.finish(outcome);
    const again = await openWith(changed, snapshot?.proof ?? '');
    expect(again.validatorsOf('a')).toEqual({ etag: null, lastModified: null });
    expect(again.find('a')?.note).toBeNull();
    await again.recordArticle('a', draft('a', '1'), { validators, note: 'today' });
    await again.pause();
    expect((await openWith(changed, snapshot?.proof ?? '')).isDone('a')).toBe(true);
    expect((await openWith(source, snapshot?.proof ?? '')).isDone('a')).toBe(false);
    // The article itself is the same: nothing is different.
    const last = await openWith(changed, snapshot?.proof ?? '');
    await last.recordArticle('a', draft('a', '1'), { validators });
    expect(await last.finish(outcome)).toBeNull();
    const settled = await openWith(changed, snapshot?.proof ?? '');
    expect(settled.validatorsOf('a')).toEqual(validators);
  });

  test('keeps texts that no database takes as texts that it does', async () => {
    const snapshot = await visitAll(null, { a: 'x\0y\ud800z' });
    expect(snapshot?.drafts[0]?.published.text).toBe('x\ufffdy\ufffdz');
  });
});
