import type { PublishedText } from '../article.ts';
import type { ArticleId, Instant, ScanId, SourceId } from '../ids.ts';
import type { Scan, ScanState, Source } from '../source.ts';
import type { Technology } from '../technology.ts';
import type { AppliedSnapshot } from './applied-snapshot.ts';
import type { KnownArticle } from './known-article.ts';
import type { NewTechnology } from './technology-placing.ts';
import type { TechnologyRules } from './technology-rules.ts';

/** Where scans are kept. One process at a time scans a source. */
export type ScanLedger = {
  /** Starts a scan, or tells who is at it. A scan whose process ended unfinished is marked as failed. */
  openScan(request: OpenScanRequest): Promise<OpenScanOutcome>;
  findScan(id: ScanId): Promise<Scan | null>;
  findSourceOf(id: ScanId): Promise<Source | null>;
};

export type OpenScanRequest = {
  readonly sourceId: SourceId;
  readonly depth: 'latest' | 'history';
  readonly startedAt: Instant;
};

export type OpenScanOutcome =
  | { readonly kind: 'opened'; readonly session: ScanSession }
  | { readonly kind: 'busy'; readonly holder: string };

/** A scan under way. Every call after another process took the source over throws and changes nothing. */
export type ScanSession = {
  readonly scanId: ScanId;
  /** Proof of the last snapshot that was applied; null before the first. */
  readonly cursor: string | null;
  /** Whether every snapshot that was applied so far was one of an imported history. */
  readonly hasOnlyHistory: boolean;
  /** Aborted when another process took the source over. */
  readonly signal: AbortSignal;
  loadKnownArticles(): Promise<KnownArticle[]>;
  /** The newest revisions of the articles. */
  loadPublished(ids: readonly ArticleId[]): Promise<ReadonlyMap<ArticleId, PublishedText>>;
  reserveArticleIds(count: number): Promise<ArticleId[]>;
  listTechnologies(): Promise<Technology[]>;
  /** Of the source. */
  listTechnologyRules(): Promise<TechnologyRules>;
  /** Keeps whole snapshots, the cursor and the state of the scan in one transaction, all or nothing. */
  commit(commit: ScanCommit): Promise<Scan>;
  /** Ends the scan without applying anything, and lets others scan the source. */
  end(ending: ScanEnding): Promise<Scan>;
};

export type ScanCommit = {
  /** In order; each was applied wholly. */
  readonly snapshots: readonly AppliedSnapshot[];
  /** Parents before children. */
  readonly technologies: readonly NewTechnology[];
  /** Whether the changes are told to anybody. */
  readonly alerts: boolean;
  readonly recordedAt: Instant;
  /** Of the whole scan so far. */
  readonly counts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  /** Ends the scan as done in the same transaction, and lets others scan the source. */
  readonly isLast: boolean;
};

export type ScanEnding = {
  readonly state: Exclude<ScanState, 'running'>;
  readonly endedAt: Instant;
  readonly problem: string | null;
  readonly warnings: readonly string[];
  /** What a held scan saw; null when nothing was read. */
  readonly seen: Pick<AppliedSnapshot, 'asOf' | 'proof' | 'articleCount'> | null;
};
