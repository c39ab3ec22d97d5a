import type { Article } from '../knowledge/article.ts';
import type { ChangeKind, Passage, Significance } from '../knowledge/change.ts';
import type { ArticleId, BulkEditId } from '../knowledge/ids.ts';
import type { DigestMaterial } from './digest-material.ts';
import type { Subscription } from './subscription.ts';
import type { ToldFeedback } from './told-feedback.ts';

/** What a digest says: what is left of its changes when those of one article are one entry and undone ones are gone. */
export type Digest = Omit<DigestMaterial, 'changes' | 'bulkEdits' | 'feedback'> & {
  /** Those with the most entries first. */
  readonly groups: readonly DigestGroup[];
  readonly bulkEdits: readonly DigestBulkEdit[];
  /** One for each article, in the order of the first. */
  readonly feedback: readonly DigestFeedback[];
  /** Entries of all groups, bulk edits, and what readers said. */
  readonly count: number;
};

/** The entries that one subscription brought. */
export type DigestGroup = {
  readonly title: string;
  /** null where the reader has ended it since. */
  readonly subscription: Subscription | null;
  readonly entries: readonly DigestEntry[];
};

/** One article, however often it changed since the last digest. */
export type DigestEntry = {
  readonly kind: ChangeKind;
  readonly significance: Significance;
  readonly article: Article;
  /** null where there is nothing to compare with: the article is new to the reader. */
  readonly fromRevision: number | null;
  readonly toRevision: number;
  /** Plain sentences. */
  readonly reasons: readonly string[];
  readonly passage: Passage | null;
  /** The first sentence of what it is about. */
  readonly about: string | null;
  /** The vendor's own date of the last revision, `YYYY-MM-DD`. */
  readonly vendorDate: string | null;
};

/** The same edit in many articles: one line. */
export type DigestBulkEdit = {
  readonly id: BulkEditId;
  readonly sentence: string;
  readonly significance: Significance;
  readonly subscription: Subscription | null;
};

/** What readers said of one article. */
export type DigestFeedback = {
  readonly articleId: ArticleId;
  readonly articleTitle: string;
  readonly said: readonly ToldFeedback[];
};
