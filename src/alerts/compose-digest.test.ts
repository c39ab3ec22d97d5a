import { describe, expect, test } from 'vitest';
import type { Judgement } from '../knowledge/change.ts';
import type { Document } from '../knowledge/document.ts';
import { asId } from '../knowledge/ids.ts';
import { composeDigest, type DigestLibrary } from './compose-digest.ts';
import type { DigestMaterial, ToldChange } from './digest-material.ts';
import type { Subscription } from './subscription.ts';
import type { ToldFeedback } from './told-feedback.ts';

const follows = (id: number, title: string, more: Partial<Subscription> = {}): Subscription => ({
  id: asId(id),
  accountId: asId(1),
  followed: { kind: 'technology', technologyId: asId(id) },
  title,
  threshold: 'material',
  withFeedback: false,
  createdAt: asId(0),
  ...more,
});
const exchange = follows(1, 'Exchange');

let count = 0;
function change(article: number, more: Partial<ToldChange> = {}): ToldChange {
  count += 1;
  return {
    id: asId(count),
    articleId: asId(article),
    sourceId: asId(1),
    scanId: asId(1),
    kind: 'revised',
    fromRevision: 1,
    toRevision: 2,
    significance: 'material',
    reasons: [{ code: 'step-added', section: 'resolution', sentence: `Reason ${count}` }],
    passage: { before: 'old', after: 'new' },
    bulkEditId: null,
    alerts: true,
    occurredAt: asId(0),
    recordedAt: asId(0),
    article: {
      id: asId(article),
      sourceId: asId(1),
      key: `${article}.md`,
      title: `Article ${article}`,
      externalIds: [],
      url: null,
      state: 'active',
      retiredBecause: null,
      revision: 9,
      createdAt: asId(0),
      changedAt: asId(0),
    },
    technologies: [],
    subscription: exchange,
    ...more,
  };
}

const materialOf = (changes: readonly ToldChange[]): DigestMaterial => ({
  id: asId(1),
  localDate: '2026-03-02',
  timeZone: 'UTC',
  plannedAt: asId(0),
  previousPlannedAt: null,
  account: { id: asId(1), address: 'ada@example.org', digestHour: 7, unsubscribeSecret: 's' },
  changes,
  bulkEdits: new Map(),
  feedback: [],
});

const judged = (significance: Judgement['significance']): Judgement => ({
  significance,
  reasons: [{ code: 'x', section: null, sentence: `All in all ${significance}` }],
  passage: null,
});
const document: Document = {
  title: 'T',
  description: 'It is about mail.  And more.',
  language: 'en',
  appliesTo: [],
  externalIds: [],
  vendorDate: '2026-03-01',
  vendorRevision: null,
  facts: {},
  sections: [],
  warnings: [],
};
const library = (judgement: Judgement | null = judged('material')): DigestLibrary => ({
  loadDocument: async () => document,
  judgeEdit: async () => judgement,
});
const compose = (changes: readonly ToldChange[], judgement?: Judgement | null) =>
  composeDigest(materialOf(changes), library(judgement));
const entriesOf = async (changes: readonly ToldChange[], judgement?: Judgement | null) =>
  (await compose(changes, judgement))?.groups.flatMap((group) => group.entries) ?? [];

test('what readers said is gathered by article and counted, and is a digest without any change', async () => {
  const said = (id: number, article: number): ToldFeedback => ({
    id: asId(id),
    articleId: asId(article),
    articleTitle: `Article ${article}`,
    authorName: 'Ada',
    outcome: 'no',
    didHarm: false,
    body: '',
  });
  const feedback = [said(1, 7), said(2, 8), said(3, 7)];
  const digest = await composeDigest({ ...materialOf([]), feedback }, library());
  expect(digest).toMatchObject({ count: 3, groups: [], bulkEdits: [] });
  expect(digest?.feedback).toEqual([
    { articleId: 7, articleTitle: 'Article 7', said: [feedback[0], feedback[2]] },
    { articleId: 8, articleTitle: 'Article 8', said: [feedback[1]] },
  ]);
  expect(await composeDigest({ ...materialOf([change(1)]), feedback }, library())).toMatchObject({
    count: 4,
  });
});

describe('the changes of one article', () => {
  test('stay as they are when there is one', async () => {
    const [entry] = await entriesOf([change(1)]);
    expect(entry).toMatchObject({
      kind: 'revised',
      fromRevision: 1,
      toRevision: 2,
      passage: { before: 'old', after: 'new' },
      about: 'It is about mail.',
      vendorDate: '2026-03-01',
    });
  });

  test('become one entry from the first to the last revision, judged anew', async () => {
    const entries = await entriesOf([change(1), change(1, { fromRevision: 2, toRevision: 4 })]);
    expect(entries).toMatchObject([{ fromRevision: 1, toRevision: 4, reasons: ['All in all material'] }]);
  });

  test('cancel out when an edit was undone, and no digest is left', async () => {
    const undone = [change(1), change(1, { fromRevision: 2, toRevision: 3 })];
    expect(await compose(undone, judged('invisible'))).toBeNull();
    expect(await compose([...undone, change(2)], judged('invisible'))).toMatchObject({ count: 1 });
  });

  test('are left out when together they come to less than the reader asked for', async () => {
    const edits = [change(1), change(1, { fromRevision: 2, toRevision: 3 })];
    expect(await compose(edits, judged('minor'))).toBeNull();
    const curious = edits.map((edit) => ({ ...edit, subscription: follows(1, 'X', { threshold: 'minor' }) }));
    expect(await entriesOf(curious, judged('minor'))).toMatchObject([{ significance: 'minor' }]);
  });

  test.each([
    [['created', 'revised'], 'created', null],
    [['created', 'retired'], null, null],
    [['retired', 'restored'], 'revised', 1],
    [['revised', 'retired'], 'retired', 1],
    [['restored', 'revised'], 'restored', null],
    [['restored', 'retired'], null, null],
    [['moved', 'revised'], 'revised', 1],
  ] as const)('of kinds %j come to %s', async (kinds, kind, fromRevision) => {
    const changes = kinds.map((one, n) =>
      change(1, {
        kind: one,
        fromRevision: one === 'created' || one === 'restored' ? null : n + 1,
        toRevision: n + 2,
      }),
    );
    const entries = await entriesOf(changes);
    expect(entries.map((entry) => entry.kind)).toEqual(kind === null ? [] : [kind]);
    if (kind !== null) expect(entries[0]?.fromRevision).toBe(fromRevision);
  });

  test('that can not be read any more are told as the last of them', async () => {
    expect(await entriesOf([change(1), change(1, { fromRevision: 2, toRevision: 3 })], null)).toMatchObject([
      { fromRevision: 1, toRevision: 3, kind: 'revised' },
    ]);
  });
});

describe('a digest', () => {
  test('groups by what the reader follows, the largest group first, what matters first', async () => {
    const teams = follows(2, 'Teams');
    const search = follows(3, '0x80070002', { followed: { kind: 'search', query: '0x80070002' } });
    const digest = await compose([
      change(1, { subscription: teams }),
      change(2, { significance: 'minor', subscription: follows(1, 'Exchange', { threshold: 'minor' }) }),
      change(3),
      change(4, { kind: 'created', fromRevision: null, toRevision: 1 }),
      change(5, { subscription: search }),
    ]);
    expect(
      digest?.groups.map((group) => [group.title, group.entries.map((entry) => entry.article.id)]),
    ).toEqual([
      ['Exchange', [4, 3, 2]],
      ['Search “0x80070002”', [5]],
      ['Teams', [1]],
    ]);
    expect(digest?.count).toBe(5);
  });

  test('tells a bulk edit once, as one line', async () => {
    const edit = {
      id: asId<never>(7),
      scanId: asId<never>(1),
      significance: 'material' as const,
      sentence: '“A” became “B” in 412 articles',
      articleCount: 412,
      occurredAt: asId<never>(0),
    };
    const changes = [change(1, { bulkEditId: asId(7) }), change(2, { bulkEditId: asId(7) }), change(3)];
    const material = { ...materialOf(changes), bulkEdits: new Map([[edit.id, edit]]) };
    const digest = await composeDigest(material, library());
    expect(digest?.bulkEdits).toMatchObject([{ sentence: edit.sentence }]);
    expect(digest?.groups.flatMap((group) => group.entries)).toHaveLength(1);
    expect(digest?.count).toBe(2);
  });

  test('keeps what a subscription brought that has ended since', async () => {
    expect(await compose([change(1, { subscription: null })])).toMatchObject({
      groups: [{ title: 'Followed before', subscription: null }],
    });
  });
});
