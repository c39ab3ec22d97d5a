import type { Document } from './document.ts';
import type { ArticleId, Instant, SourceId } from './ids.ts';

/** The language that a published text is written in; every source gives one of these. */
export type TextFormat = 'markdown' | 'html' | 'text';

/**
 * The published content of a revision, exact. `readDocument` turns it into what it says.
 * Sources whose documents are no text (an advisory in JSON) write Markdown and put the rest into `facts`.
 */
export type PublishedText = {
  readonly format: TextFormat;
  readonly text: string;
  /** Path → text of everything the text includes, already resolved; part of the content. */
  readonly includes: Readonly<Record<string, string>>;
  /**
   * What the source knows besides the text; wins over what is read from it.
   * `title`, `description`, `language`, `vendor-date`, `vendor-revision`, `applies-to` and `external-ids`
   * (both one a line) go to the document's own fields, the others to its `facts`.
   */
  readonly facts: Readonly<Record<string, string>>;
};

/** An article as a source shows it now. */
export type ArticleDraft = {
  /** What identifies it within its source: a path, a tracking id, an entry id. */
  readonly key: string;
  /** Where the vendor shows it. */
  readonly url: string | null;
  /** Former keys, paths and URLs for which the source has a proof (a rename, a redirection). */
  readonly aliases: readonly string[];
  readonly published: PublishedText;
  /** Names of technologies that the place of the article implies, such as its folder's. */
  readonly placeTechnologies: readonly string[];
};

export type Article = {
  readonly id: ArticleId;
  readonly sourceId: SourceId;
  readonly key: string;
  readonly title: string;
  readonly externalIds: readonly string[];
  readonly url: string | null;
  readonly state: 'active' | 'retired';
  /** Why it was retired, in the vendor's words, where known. */
  readonly retiredBecause: string | null;
  /** Number of the newest revision, 1 or more. */
  readonly revision: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
};

export type RevisionFacts = {
  readonly articleId: ArticleId;
  readonly sourceId: SourceId;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly capturedAt: Instant;
  readonly title: string;
  readonly vendorDate: string | null;
  readonly vendorRevision: string | null;
  /** SHA-256 of the published text, hex. */
  readonly contentHash: string;
};

export type Revision = RevisionFacts & { readonly published: PublishedText; readonly document: Document };
