import { type Judgement, type Significance, significances } from '../change.ts';
import type { Document } from '../document.ts';
import type { ArticleEdit, ArticleEditKind } from './article-edit.ts';
import { listEdits } from './list-edits.ts';
import { nameBulkEdit } from './name-bulk-edit.ts';

/** A revised change of a snapshot: both texts, and how it was judged alone. */
export type RevisedPair = {
  readonly before: Document;
  readonly after: Document;
  readonly judgement: Judgement;
};

/** The same edit in many articles of one snapshot. */
export type BulkEditGroup = {
  /** Judged once, for all its members: a member's own significance gives way to it. */
  readonly significance: Significance;
  /** "“Azure AD” became “Microsoft Entra ID” in 412 articles" */
  readonly sentence: string;
  /** Positions in `pairs` of the changes that consist of bulk edits alone. */
  readonly members: readonly number[];
};

/** Fewer articles with the same edit are no bulk edit. */
const leastBulkArticles = 5;

/**
 * Finds the edits that a snapshot makes in many articles, from all its `revised` changes (in any order). A change joins
 * a group when it consists of bulk edits alone, and then one group only: that of its weightiest edit, of equally weighty
 * ones the most frequent. A change that also says something of its own stays out of all groups and keeps its own
 * judgement. Groups come with the most members first. Deterministic; compares each pair once.
 */
export function findBulkEdits(
  pairs: readonly RevisedPair[],
  leastArticles: number = leastBulkArticles,
): BulkEditGroup[] {
  if (pairs.length < leastArticles) return [];
  const editsOf = pairs.map((pair) => listEdits(pair.before, pair.after));
  const frequent = countFrequent(editsOf, leastArticles);
  const candidates = pairs.flatMap((pair, index): Candidate[] => {
    const edits = editsOf[index] ?? [];
    return edits.every((edit) => frequent.has(edit.key)) ? [{ index, edits, pair }] : [];
  });
  const weights = weighEdits(candidates);
  const groups = new Map<string, { edit: ArticleEdit; members: number[] }>();
  for (const { index, edits } of candidates) {
    const [first] = [...edits].sort(
      (one, other) =>
        rank(weights.get(other.key)) - rank(weights.get(one.key)) ||
        Number(slightKinds.has(one.kind)) - Number(slightKinds.has(other.kind)) ||
        (frequent.get(other.key) ?? 0) - (frequent.get(one.key) ?? 0) ||
        (one.key < other.key ? -1 : 1),
    );
    if (first === undefined) continue;
    const group = groups.get(first.key);
    if (group === undefined) groups.set(first.key, { edit: first, members: [index] });
    else group.members.push(index);
  }
  return [...groups.values()]
    .filter(({ members }) => members.length >= leastArticles)
    .sort(
      (one, other) => other.members.length - one.members.length || (one.edit.key < other.edit.key ? -1 : 1),
    )
    .map(({ edit, members }) => ({
      significance: weights.get(edit.key) ?? 'minor',
      sentence: nameBulkEdit(edit, members.length),
      members,
    }));
}

/** What goes along with an edit that says more. */
const slightKinds: ReadonlySet<ArticleEditKind> = new Set([
  'heading-added',
  'heading-removed',
  'links-rebased',
  'typography',
  'products-listed',
  'products-unlisted',
]);

type Candidate = {
  readonly index: number;
  readonly edits: readonly ArticleEdit[];
  readonly pair: RevisedPair;
};

function countFrequent(editsOf: readonly (readonly ArticleEdit[])[], least: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of editsOf.flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count >= least));
}

/**
 * The significance of each edit: that of most changes which consist of this edit alone; where there is none, of the
 * changes that have it among others.
 */
function weighEdits(candidates: readonly Candidate[]): Map<string, Significance> {
  const alone = collectVotes(candidates.filter(({ edits }) => edits.length === 1));
  const among = collectVotes(candidates);
  return new Map([...among].map(([key, votes]) => [key, decide(alone.get(key) ?? votes)]));
}

type Votes = Record<Significance, number>;

function collectVotes(candidates: readonly Candidate[]): Map<string, Votes> {
  const votes = new Map<string, Votes>();
  for (const { edits, pair } of candidates) {
    for (const { key } of edits) {
      const counts = votes.get(key) ?? { invisible: 0, minor: 0, material: 0 };
      counts[pair.judgement.significance]++;
      votes.set(key, counts);
    }
  }
  return votes;
}

/** The most votes; of equally many the weightier. */
function decide(votes: Votes): Significance {
  return [...significances].reduce((best, next) => (votes[next] >= votes[best] ? next : best), 'invisible');
}

function rank(significance: Significance | undefined): number {
  return significance === undefined ? -1 : significances.indexOf(significance);
}
