import type { ApiTokens } from '../accounts/api-tokens/create-api-tokens.ts';
import type { RateLimits } from '../accounts/rate-limits.ts';
import type { AlertHistory } from '../alerts/alert-history.ts';
import type { SubscriptionStore } from '../alerts/subscription-store.ts';
import type { Community } from '../community/community.ts';
import type { FeedbackStore } from '../community/feedback-store.ts';
import type { Archive } from '../knowledge/archive.ts';
import type { Atomically } from '../knowledge/atomically.ts';
import type { Clock } from '../knowledge/clock.ts';
import type { AccountId, ApiTokenId, Instant } from '../knowledge/ids.ts';
import type { RequestFacts } from '../knowledge/request-facts.ts';
import type { Technology } from '../knowledge/technology.ts';
import type { RemedyLibrary } from '../remedies/remedy-library.ts';
import type { Search } from '../search/search-answer.ts';

/** Everything that the API needs from outside; `entry` composes it. */
export type ApiPorts = {
  readonly settings: ApiSettings;
  readonly clock: Clock;
  readonly log: ApiLog;
  observeRequest(request: RequestFacts): void;
  /** The network that a request came from, as the site reckons it. */
  findNetwork(request: { readonly connected: string; header(name: string): string | undefined }): string;
  readonly apiTokens: Pick<ApiTokens, 'recogniseToken'>;
  readonly rateLimits: RateLimits;
  readonly idempotentRequests: IdempotentRequests;
  readonly atomically: Atomically;
  readonly archive: Archive;
  /** null while the index is being built. */
  findSearch(): Search | null;
  /** Names and aliases as people write them → technologies; the best match first. */
  findTechnologies(name: string): Promise<Technology[]>;
  readonly subscriptions: SubscriptionStore;
  readonly history: Pick<AlertHistory, 'listDigests' | 'findDigest'>;
  readonly community: Pick<Community, 'giveFeedback'> & Pick<FeedbackStore, 'listFeedbackOfArticle'>;
  readonly remedies: RemedyLibrary;
  /** Lets the next worker that looks scan the source, for `by`; false: there is none of that name. */
  requestScan(source: string, by: AccountId): Promise<boolean>;
};

export type ApiSettings = {
  /** Where readers reach the site, without a slash at the end. */
  readonly publicUrl: string;
  /** Of the program, such as `1.4.0`. */
  readonly version: string;
  /** Path of the style sheet that the reference page links to. */
  readonly stylesHref: string;
};

/** Claims and answers of writing requests, by the keys that their callers gave them. */
export type IdempotentRequests = {
  claimKey(request: {
    readonly tokenId: ApiTokenId;
    readonly key: string;
    /** The same for the same request. */
    readonly fingerprint: string;
    readonly now: Instant;
    /** A claim of that age whose request was never answered is taken over. */
    readonly abandonedBefore: Instant;
  }): Promise<
    | { readonly kind: 'claimed' }
    | { readonly kind: 'under-way' }
    | { readonly kind: 'other-request' }
    | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  >;
  /** False: the claim was taken over meanwhile. */
  keepAnswer(
    claim: { readonly tokenId: ApiTokenId; readonly key: string; readonly claimedAt: Instant },
    answer: KeptAnswer,
  ): Promise<boolean>;
  /** Nothing was done: the key may be used again. */
  releaseKey(claim: {
    readonly tokenId: ApiTokenId;
    readonly key: string;
    readonly claimedAt: Instant;
  }): Promise<void>;
};

export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Where the API notes what it could not do; the caller sees the reference. */
export type ApiLog = {
  error(problem: { readonly reference: string; readonly path: string; readonly error: unknown }): void;
};
