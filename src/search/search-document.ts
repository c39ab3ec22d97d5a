import type { Document } from '../knowledge/document.ts';
import type { ArticleId, Instant, SourceId, TechnologyId } from '../knowledge/ids.ts';

/** Everything that the search knows of an article: one revision of it and what the archive adds. */
export type SearchDocument = {
  readonly articleId: ArticleId;
  readonly sourceId: SourceId;
  /** What names the article within its source, such as a path. Its words are searched too. */
  readonly key: string;
  /** Where the vendor shows it. */
  readonly url: string | null;
  readonly isRetired: boolean;
  readonly document: Document;
  /** Titles of earlier revisions, and former keys and ids: people still search for them. */
  readonly formerNames: readonly string[];
  /** The technologies it applies to, each with all its ancestors. */
  readonly technologies: readonly TechnologyId[];
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly hasRemedy: boolean;
};
