import type { Instant, SourceId } from '../../knowledge/ids.ts';

/**
 * What polite fetching remembers between two nights. One port, so that a store, a test and a probe can each keep
 * it in their own way. Everything in it can be lost: the next night costs more requests, no change is missed.
 */
export type FetchMemory = HostMemory & VisitMemory;

/** What is known of the hosts, shared by all sources. */
export type HostMemory = {
  /** robots.txt of an origin; null while it was never read. */
  recallRobots(origin: string): Promise<RememberedRobots | null>;
  rememberRobots(origin: string, robots: RememberedRobots): Promise<void>;
  /** Until when the host wants no visit (Retry-After); null when it never said so. */
  recallRest(host: string): Promise<Instant | null>;
  rememberRest(host: string, until: Instant): Promise<void>;
  /** Takes one request of the host's budget for the night; false when it is spent. */
  spendRequest(spending: { host: string; night: string; limit: number }): Promise<boolean>;
  /** Where a permanent redirection leads, null without one. */
  recallRedirect(url: string): Promise<string | null>;
  rememberRedirect(redirect: { from: string; to: string; seenAt: Instant }): Promise<void>;
  forgetRedirect(from: string): Promise<void>;
};

/** `text` is '' where there is no robots.txt. */
export type RememberedRobots = { readonly text: string; readonly readAt: Instant };

/**
 * What a source's last visits gave, so that an unchanged page costs one conditional request.
 *
 * A visit belongs to an open round until its snapshot is handed over, then to that snapshot's proof. The next scan
 * tells through its cursor whether the snapshot was applied; only then a visit counts. Without this, a scan that
 * failed after reading would leave validators behind that hide the change for ever.
 */
export type VisitMemory = {
  /** Settles the visits of the snapshot that `cursor` proves and forgets those of snapshots never applied. */
  settleVisits(sourceId: SourceId, cursor: string | null): Promise<void>;
  /** All visits of the source that count, and those of the open round. */
  listVisits(sourceId: SourceId): Promise<RememberedVisit[]>;
  /** Adds to the open round; a former visit to the same resource is replaced. */
  recordVisits(sourceId: SourceId, visits: readonly Omit<RememberedVisit, 'isOpen'>[]): Promise<void>;
  forgetVisits(sourceId: SourceId, resources: readonly string[]): Promise<void>;
  /** The open round was handed over as the snapshot with this proof. */
  closeRound(sourceId: SourceId, proof: string): Promise<void>;
};

export type RememberedVisit = {
  /** A URL, or the key of an entry within a fetched list. */
  readonly resource: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** SHA-256 (hex) of what the visit gave, null when it gave nothing. */
  readonly contentHash: string | null;
  /** The body of a list, needed again when the server answers 304; null for everything else. */
  readonly body: string | null;
  /** The draft (JSON) that waits for its round to be handed over; null once settled. */
  readonly draft: string | null;
  readonly visitedAt: Instant;
  readonly isOpen: boolean;
};
