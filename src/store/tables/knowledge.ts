import type { Generated } from 'kysely';

/** Articles, revisions, changes and technologies. */
export type KnowledgeTables = {
  articles: ArticlesTable;
  article_aliases: ArticleAliasesTable;
  article_technologies: ArticleTechnologiesTable;
  revisions: RevisionsTable;
  newest_contents: NewestContentsTable;
  revision_deltas: RevisionDeltasTable;
  included_texts: IncludedTextsTable;
  page_readings: PageReadingsTable;
  change_reasons: ChangeReasonsTable;
  changes: ChangesTable;
  change_technologies: ChangeTechnologiesTable;
  bulk_edits: BulkEditsTable;
  technologies: TechnologiesTable;
  technology_names: TechnologyNamesTable;
};

type ArticlesTable = {
  id: Generated<number>;
  source_id: number;
  key: string;
  title: string;
  external_ids: string;
  url: string | null;
  state: string;
  retired_because: string | null;
  revision: number;
  created_at: number;
  changed_at: number;
};

type ArticleAliasesTable = { article_id: number; source_id: number; kind: string; value: string };

type ArticleTechnologiesTable = { article_id: number; technology_id: number };

type RevisionsTable = {
  article_id: number;
  number: number;
  captured_at: number;
  /** null: that of the next revision, and of the newest one that of the article. */
  title: string | null;
  vendor_date: string | null;
  vendor_revision: string | null;
  /** SHA-256 of the published text. */
  content_hash: Uint8Array;
};

/**
 * The content of the newest revision of each article, and that of each older one as difference from its successor
 * (revision-codec.ts). Apart from `revisions`, so that a content that gives way to its difference leaves no hole there.
 */
type NewestContentsTable = { article_id: number; content: Uint8Array };

type RevisionDeltasTable = { article_id: number; number: number; content: Uint8Array };

/** What articles include, each text once for a source however many include it; `content` is zstd. */
type IncludedTextsTable = { source_id: number; hash: string; content: Uint8Array };

/**
 * What the page of an article shows of its newest revision (page-readings.ts). `key` and `content_hash` are those that
 * it was made of, `made_by` names the version of the program that made it.
 */
type PageReadingsTable = {
  article_id: number;
  revision: number;
  key: string;
  content_hash: Uint8Array;
  made_by: string;
  made_at: number;
  content: Uint8Array;
};

/** Reasons as JSON; many changes have the same ones. */
type ChangeReasonsTable = { id: Generated<number>; reasons: string };

type ChangesTable = {
  id: Generated<number>;
  article_id: number;
  source_id: number;
  scan_id: number;
  kind: string;
  from_revision: number | null;
  to_revision: number;
  significance: string;
  /** null: none. */
  reasons_id: number | null;
  passage: string | null;
  bulk_edit_id: number | null;
  alerts: number;
  occurred_at: number;
  recorded_at: number;
};

/** The technologies that a change concerns, each with all its ancestors: written at the scan, so matching is a join. */
type ChangeTechnologiesTable = { change_id: number; technology_id: number };

type BulkEditsTable = {
  id: Generated<number>;
  scan_id: number;
  significance: string;
  sentence: string;
  article_count: number;
  occurred_at: number;
};

type TechnologiesTable = {
  id: Generated<number>;
  slug: string;
  name: string;
  parent_id: number | null;
  description: string;
  origin: string;
};

/** Every name and alias in its normal form → its technology. */
type TechnologyNamesTable = { normal_name: string; name: string; technology_id: number };
