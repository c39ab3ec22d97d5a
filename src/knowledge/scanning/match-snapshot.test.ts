import { describe, expect, test } from 'vitest';
import type { ArticleDraft } from '../article.ts';
import { asId, type Instant } from '../ids.ts';
import { readDocument } from '../reading/read-document.ts';
import type { Snapshot } from '../source.ts';
import { hashPublished } from './content-hash.ts';
import { createKnownArticles, type KnownArticle } from './known-article.ts';
import { matchSnapshot } from './match-snapshot.ts';

describe('who is who in a snapshot', () => {
  test('a key that stays is the same article, and unchanged content is not read again', () => {
    const { matches } = match([know('a', { text: 'Text.' })], [draft('a', { text: 'Text.' })]);
    expect(matches).toMatchObject([{ article: { key: 'a' }, document: null }]);
  });

  test('an alias that names a vanished article proves a move', () => {
    const { matches, retired } = match(
      [know('old'), know('other')],
      [draft('new', { aliases: ['old'] }), draft('other')],
    );
    expect(found(matches)).toEqual({ new: 'old', other: 'other' });
    expect(retired).toEqual([]);
  });

  test('a URL proves a move as a key does', () => {
    const { matches } = match(
      [know('old', { url: 'https://kb.example/7' })],
      [draft('new', { aliases: ['https://kb.example/7'] })],
    );
    expect(found(matches)).toEqual({ new: 'old' });
  });

  test('an alias that names an article which is still there proves nothing', () => {
    const { matches } = match([know('old')], [draft('old'), draft('new', { aliases: ['old'] })]);
    expect(found(matches)).toEqual({ old: 'old', new: null });
  });

  test("a vendor's id proves a move when one article lost it and one draft has it", () => {
    const { matches } = match(
      [know('old', { externalIds: ['KB910336'] })],
      [draft('new', { id: 'KB910336' })],
    );
    expect(found(matches)).toEqual({ new: 'old' });
  });

  test("a vendor's id that two drafts claim proves nothing", () => {
    const drafts = [draft('one', { id: 'KB910336' }), draft('two', { id: 'KB910336' })];
    const { matches, retired, warnings } = match([know('old', { externalIds: ['KB910336'] })], drafts);
    expect(found(matches)).toEqual({ one: null, two: null });
    expect(retired).toMatchObject([{ article: { key: 'old' } }]);
    expect(warnings).toEqual(['"two" and "one" both call themselves KB910336; both were kept.']);
  });

  test('one of two articles that were merged goes on, the other is retired', () => {
    const { matches, retired } = match([know('a'), know('b')], [draft('both', { aliases: ['a', 'b'] })]);
    expect(found(matches)).toEqual({ both: 'a' });
    expect(retired).toMatchObject([{ article: { key: 'b' } }]);
  });

  test('an article that comes back under its key, or under another one with proof, is restored', () => {
    const gone = { state: 'retired' } as const;
    expect(found(match([know('a', gone)], [draft('a')]).matches)).toEqual({ a: 'a' });
    expect(found(match([know('a', gone)], [draft('b', { aliases: ['a'] })]).matches)).toEqual({ b: 'a' });
    const numbered = know('a', { ...gone, externalIds: ['KB910336'] });
    expect(found(match([numbered], [draft('b', { id: 'KB910336' })]).matches)).toEqual({ b: 'a' });
  });

  test('an article that moves onto the key of a retired one stays itself', () => {
    const { matches } = match(
      [know('place', { state: 'retired' }), know('old')],
      [draft('place', { aliases: ['old'] })],
    );
    expect(found(matches)).toEqual({ place: 'old' });
  });

  test('a difference retires only what it says has vanished, with its reason', () => {
    const known = [know('a'), know('b'), know('c')];
    const vanished = [{ key: 'b', because: 'Removed: obsolete.' }];
    const { retired } = match(known, [draft('a')], { extent: 'difference', vanished });
    expect(retired).toMatchObject([{ article: { key: 'b' }, because: 'Removed: obsolete.' }]);
  });

  test('a key that is shown twice is taken once', () => {
    const { matches, warnings } = match([], [draft('a', { text: 'One.' }), draft('a', { text: 'Two.' })]);
    expect(matches).toHaveLength(1);
    expect(warnings).toEqual(['The source shows "a" twice; the first one was taken.']);
  });
});

type Written = { text?: string; id?: string; aliases?: readonly string[] };

function draft(key: string, { text = key, id, aliases = [] }: Written = {}): ArticleDraft {
  const facts = id === undefined ? {} : { 'external-ids': id };
  const published = { format: 'markdown', text, includes: {}, facts } as const;
  return { key, url: null, aliases, published, placeTechnologies: [] };
}

let lastId = 0;
function know(
  key: string,
  { text = key, ...given }: Partial<KnownArticle> & { text?: string } = {},
): KnownArticle {
  return {
    id: asId(++lastId),
    key,
    url: null,
    aliases: [],
    title: key,
    externalIds: [],
    state: 'active',
    retiredBecause: null,
    revision: 1,
    contentHash: hashPublished(draft(key, { text }).published),
    technologies: [],
    createdAt: asId(0),
    changedAt: asId(0),
    ...given,
  };
}

function match(
  known: readonly KnownArticle[],
  drafts: readonly ArticleDraft[],
  given: Partial<Snapshot> = {},
) {
  const snapshot: Snapshot = {
    asOf: asId<Instant>(1),
    proof: 'p',
    extent: 'whole',
    drafts,
    vanished: [],
    articleCount: drafts.length,
    warnings: [],
    ...given,
  };
  return matchSnapshot(createKnownArticles(known), snapshot, readDocument);
}

/** Key of each draft → key of the article that it was found to be. */
function found(matches: ReturnType<typeof match>['matches']): Record<string, string | null> {
  return Object.fromEntries(matches.map((each) => [each.draft.key, each.article?.key ?? null]));
}
