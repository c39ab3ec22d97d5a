import type { ArticleDraft } from './article.ts';
import type { Instant, ScanId, SourceId } from './ids.ts';

export const sourceKinds = ['git', 'feed', 'csaf', 'pages', 'folder'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** A knowledge base that is watched. */
export type Source = {
  readonly id: SourceId;
  /** Short and unique, `[a-z0-9-]+`: used on the command line and in URLs. */
  readonly name: string;
  readonly title: string;
  readonly kind: SourceKind;
  readonly url: string;
  /** Settings of the kind (branch, folders, selectors …); validated by the kind's own schema. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** A cron pattern in UTC, such as `17 2 * * *`. */
  readonly schedule: string;
  readonly licence: string;
  readonly attribution: string;
  readonly state: 'active' | 'paused';
  readonly createdAt: Instant;
};

/** The whole set of articles as a source showed it at one moment. */
export type Snapshot = {
  readonly asOf: Instant;
  /** Proves which state of the source this is: a commit, an ETag, a hash. Kept as the cursor of the next scan. */
  readonly proof: string;
  /**
   * `whole`: drafts are all articles, what is missing has vanished.
   * `difference`: drafts are what differs from the state that the scan's cursor proves, `vanished` the keys that are gone.
   */
  readonly extent: 'whole' | 'difference';
  readonly drafts: readonly ArticleDraft[];
  readonly vanished: readonly { readonly key: string; readonly because: string | null }[];
  /** How many articles the source has at this moment; an implausible drop holds the scan. */
  readonly articleCount: number;
  /** What was passed over and why, one plain sentence each; the rest was read. */
  readonly warnings: readonly string[];
};

export type ScanState = 'running' | 'done' | 'unchanged' | 'failed' | 'held';

/** One visit to a source. */
export type Scan = {
  readonly id: ScanId;
  readonly sourceId: SourceId;
  readonly state: ScanState;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly asOf: Instant | null;
  readonly baseline: boolean;
  readonly proof: string | null;
  readonly articleCount: number | null;
  /** How many changes of each kind and significance it committed, such as `created`, `revised-material`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Why it failed or is held: what happened, what was kept, what to do. */
  readonly problem: string | null;
  readonly warnings: readonly string[];
};

/**
 * How a kind of source is read; `sources/<kind>` implements it. Throws SourceError when the source can't be read,
 * and yields nothing when the source has not moved since `cursor`. Several snapshots come oldest first.
 */
export type SourceReader = {
  readSnapshots(request: {
    readonly source: Source;
    /** Proof of the last snapshot that was applied; null for the first scan. */
    readonly cursor: string | null;
    /** Show the source as it stood at this instant; null: as it is now. Kinds without memory refuse it. */
    readonly asOf: Instant | null;
    /** `latest`: one snapshot; `history`: every one between the cursor and `asOf`. */
    readonly depth: 'latest' | 'history';
    readonly signal: AbortSignal;
  }): AsyncIterable<Snapshot>;
};

/** A source could not be read. The message says what happened and what to do; the scan retires nothing. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
