import type { PublishedText } from '../article.ts';
import type { ChangeKind, Judgement, Significance } from '../change.ts';
import type { Document } from '../document.ts';
import type { ArticleId, Instant } from '../ids.ts';
import type { KnownArticle } from './known-article.ts';

/** A revision to be kept. */
export type NewRevision = {
  readonly articleId: ArticleId;
  readonly number: number;
  readonly capturedAt: Instant;
  readonly contentHash: string;
  /** Of the revision before it; null for the first one. */
  readonly titleBefore: string | null;
  /** The article's key then: links and includes in the text are relative to it. */
  readonly key: string;
  readonly published: PublishedText;
  /** What `published` says. */
  readonly document: Document;
};

/** A change to be written to the change log. */
export type NewChange = Judgement & {
  readonly articleId: ArticleId;
  readonly kind: ChangeKind;
  readonly fromRevision: number | null;
  readonly toRevision: number;
  readonly occurredAt: Instant;
  /** Slugs of the technologies of the article before and after, each with all its ancestors. */
  readonly technologies: readonly string[];
  /** Position in the snapshot's `bulkEdits`. */
  readonly bulkEdit: number | null;
};

export type NewBulkEdit = {
  readonly significance: Significance;
  readonly sentence: string;
  readonly articleCount: number;
};

/** What one snapshot does to the archive: all of it is kept, or nothing. */
export type AppliedSnapshot = {
  readonly asOf: Instant;
  readonly proof: string;
  readonly articleCount: number;
  /** Each article that is new or of which something is now known differently, as it is afterwards. */
  readonly articles: readonly KnownArticle[];
  readonly revisions: readonly NewRevision[];
  readonly changes: readonly NewChange[];
  readonly bulkEdits: readonly NewBulkEdit[];
  readonly warnings: readonly string[];
};
