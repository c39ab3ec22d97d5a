import type { Judgement } from '../knowledge/change.ts';
import type { Document } from '../knowledge/document.ts';
import type { ArticleId, SubscriptionId } from '../knowledge/ids.ts';
import { combineArticleChanges } from './combine-article-changes.ts';
import type { Digest, DigestBulkEdit, DigestEntry, DigestFeedback, DigestGroup } from './digest.ts';
import type { DigestMaterial, ToldChange } from './digest-material.ts';
import { findFirstSentence } from './first-sentence.ts';
import { reaches } from './subscription.ts';

/** What a digest wants to know of its articles. */
export type DigestLibrary = {
  /** What a revision says; null where it is gone. */
  loadDocument(articleId: ArticleId, revision: number): Promise<Document | null>;
  judgeEdit(articleId: ArticleId, fromRevision: number, toRevision: number): Promise<Judgement | null>;
};

/**
 * Makes of the changes that a digest tells what it says. Returns null when nothing is left: every edit was undone, or
 * all of them together come to less than the reader asked for.
 */
export async function composeDigest(
  material: DigestMaterial,
  library: DigestLibrary,
): Promise<Digest | null> {
  const { changes, bulkEdits, feedback: told, ...digest } = material;
  const lines = listBulkEdits(material);
  const inBulk = new Set(lines.map((line) => line.id));
  const single = changes.filter((change) => change.bulkEditId === null || !inBulk.has(change.bulkEditId));
  const groups = await listGroups(single, library);
  const count = groups.reduce((sum, group) => sum + group.entries.length, lines.length) + told.length;
  return count === 0 ? null : { ...digest, groups, bulkEdits: lines, feedback: listFeedback(told), count };
}

function listFeedback(told: DigestMaterial['feedback']): DigestFeedback[] {
  return [...Map.groupBy(told, (one) => one.articleId)].map(([articleId, said]) => ({
    articleId,
    articleTitle: said[0]?.articleTitle ?? '',
    said,
  }));
}

function listBulkEdits({ changes, bulkEdits }: DigestMaterial): DigestBulkEdit[] {
  const lines = new Map<number, DigestBulkEdit>();
  for (const { bulkEditId, subscription } of changes) {
    const edit = bulkEditId === null ? undefined : bulkEdits.get(bulkEditId);
    if (edit === undefined || lines.has(edit.id)) continue;
    const { id, sentence, significance } = edit;
    lines.set(id, { id, sentence, significance, subscription });
  }
  return [...lines.values()];
}

async function listGroups(changes: readonly ToldChange[], library: DigestLibrary): Promise<DigestGroup[]> {
  const groups = new Map<SubscriptionId | null, { group: DigestGroup; entries: DigestEntry[] }>();
  for (const ofArticle of Map.groupBy(changes, (change) => change.article.id).values()) {
    const subscription = ofArticle.find((change) => change.subscription !== null)?.subscription ?? null;
    const entry = await composeEntry(ofArticle, library);
    if (entry === null || (subscription && !reaches(subscription.threshold, entry))) continue;
    const key = subscription?.id ?? null;
    const known = groups.get(key);
    if (known) {
      known.entries.push(entry);
    } else {
      const entries = [entry];
      groups.set(key, { entries, group: { title: nameGroup(subscription), subscription, entries } });
    }
  }
  for (const { entries } of groups.values()) entries.sort(compareEntries);
  return [...groups.values()]
    .map(({ group }) => group)
    .sort((a, b) => b.entries.length - a.entries.length || compareText(a.title, b.title));
}

function nameGroup(subscription: DigestGroup['subscription']): string {
  if (subscription === null) return 'Followed before';
  return subscription.followed.kind === 'search' ? `Search “${subscription.title}”` : subscription.title;
}

async function composeEntry(
  changes: readonly ToldChange[],
  library: DigestLibrary,
): Promise<DigestEntry | null> {
  const article = changes[0]?.article;
  if (article === undefined) return null;
  const step = await combineArticleChanges(changes, (from, to) => library.judgeEdit(article.id, from, to));
  if (step === null) return null;
  const { kind, significance, fromRevision, toRevision, passage } = step;
  const document = await library.loadDocument(article.id, toRevision);
  return {
    kind,
    significance,
    article,
    fromRevision: kind === 'created' || fromRevision === toRevision ? null : fromRevision,
    toRevision,
    reasons: step.reasons.map((reason) => reason.sentence),
    passage: kind === 'revised' ? passage : null,
    about: document && findFirstSentence(document),
    vendorDate: document?.vendorDate ?? null,
  };
}

const kindOrder = { created: 0, revised: 1, restored: 2, moved: 3, retired: 4 } as const;
const significanceOrder = { material: 0, minor: 1, invisible: 2 } as const;

/** What matters first; among equals new before changed; then by title. */
function compareEntries(a: DigestEntry, b: DigestEntry): number {
  return (
    significanceOrder[a.significance] - significanceOrder[b.significance] ||
    kindOrder[a.kind] - kindOrder[b.kind] ||
    compareText(a.article.title, b.article.title) ||
    a.article.id - b.article.id
  );
}

// Not by locale: the order must not differ between two machines.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
