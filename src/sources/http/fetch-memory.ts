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
 * What a source's visits gave, so that an unchanged page costs one conditional request.
 *
 * A visit is open until the snapshot of its round is handed over, then it waits under that snapshot's proof. The next
 * scan tells by its cursor whether the snapshot was applied; only then the visit is settled and replaces the former
 * one. Without this, a scan that failed after reading would leave validators behind that hide the change for ever.
 */
export type VisitMemory = {
  /**
   * Settles the visits that waited under `cursor`, drops those of other snapshots, which were never applied, and
   * lists what is known. `dropped` are the proofs of the snapshots that were not applied.
   */
  openRound(sourceId: SourceId, cursor: string | null): Promise<OpenedRound>;
  /** Adds to the open round; an open visit to the same resource is replaced. */
  recordVisits(sourceId: SourceId, visits: readonly RememberedVisit[]): Promise<void>;
  /** The open round is handed over as the snapshot with this proof. */
  closeRound(sourceId: SourceId, proof: string): Promise<void>;
};

export type OpenedRound = {
  readonly settled: readonly RememberedVisit[];
  /** Of a round that was cut short: it goes on from there. */
  readonly open: readonly RememberedVisit[];
  readonly dropped: readonly string[];
};

export type RememberedVisit = {
  /** A URL, or the key of an entry within a fetched list. */
  readonly resource: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** SHA-256 (hex) of the article that the visit gave; null when it gave none, as lists do. */
  readonly contentHash: string | null;
  /** For the next visit: what a list held, the date that a list gave for the article, or why it's gone. */
  readonly note: string | null;
  /** The article (JSON) as long as it waits to be handed over; null when there is nothing new. */
  readonly draft: string | null;
  /** The article is no more: settling forgets the resource. */
  readonly isGone: boolean;
  readonly visitedAt: Instant;
};
