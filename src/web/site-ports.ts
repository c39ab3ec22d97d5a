import type { Accounts } from '../accounts/accounts.ts';
import type { ApiTokens } from '../accounts/api-tokens/create-api-tokens.ts';
import type { AuditTrail } from '../accounts/audit.ts';
import type { Passkeys } from '../accounts/passkeys/create-passkeys.ts';
import type { ProviderSignIn } from '../accounts/provider/create-provider-sign-in.ts';
import type { RateLimits } from '../accounts/rate-limits.ts';
import type { Teams } from '../accounts/teams/create-teams.ts';
import type { AlertHistory } from '../alerts/alert-history.ts';
import type { SubscriptionStore } from '../alerts/subscription-store.ts';
import type { Archive } from '../knowledge/archive.ts';
import type { Clock } from '../knowledge/clock.ts';
import type { ImageCopies } from '../knowledge/images/image.ts';
import type { KeptReadings } from '../knowledge/kept-readings/reading-shelf.ts';
import type { RequestFacts } from '../knowledge/request-facts.ts';
import type { Technology } from '../knowledge/technology.ts';
import type { RemedyLibrary, RemedyReports } from '../remedies/remedy-library.ts';
import type { Search } from '../search/search-answer.ts';
import type { DeliveryOverview, Outbox, SourceAdministration } from './administration-ports.ts';
import type { ChannelAdministration } from './channel-ports.ts';
import type { SiteCommunity } from './community-ports.ts';
import type { Feeds } from './feed-ports.ts';

/** Everything that the site needs from outside; `entry` composes it. */
export type SitePorts = {
  readonly settings: SiteSettings;
  readonly clock: Clock;
  readonly log: SiteLog;
  readonly archive: Archive;
  readonly accounts: Accounts;
  readonly audit: AuditTrail;
  readonly teams: Teams;
  /** null where the site has no host name to bind them to. */
  readonly passkeys: Passkeys | null;
  /** null where none is set up. */
  readonly provider: ProviderSignIn | null;
  readonly apiTokens: ApiTokens;
  readonly rateLimits: RateLimits;
  readonly subscriptions: SubscriptionStore;
  readonly history: AlertHistory;
  /** null while the index is being built: the pages say so. */
  findSearch(): Search | null;
  /** Names and aliases as people write them → technologies; the best match first. */
  findTechnologies(name: string): Promise<Technology[]>;
  readonly readings: KeptReadings;
  readonly images: ImageCopies;
  readonly channels: ChannelAdministration;
  readonly feeds: Feeds;
  readonly remedies: RemedyLibrary;
  readonly remedyReports: RemedyReports;
  readonly community: SiteCommunity;
  readonly sources: SourceAdministration;
  readonly deliveries: DeliveryOverview;
  readonly monitoring: SiteMonitoring;
  /** null once SMTP is configured. */
  readonly outbox: Outbox | null;
};

export type SiteSettings = {
  /** Where readers reach the site, without a slash at the end. */
  readonly publicUrl: string;
  /** Networks of the proxies that are believed whom they speak for, such as `127.0.0.0/8`. */
  readonly trustedProxies: readonly string[];
  /**
   * Sign-in and sign-up never answer sooner, so that the time tells nobody whether an address has an account.
   * More than a password takes to verify, such as 300.
   */
  readonly minimumAnswerMs: number;
  /**
   * How old a page may be for those who are not signed in, where no change of an article tells that it is out of
   * date, such as 10,000; 0: made anew each time.
   */
  readonly pageCacheMs: number;
};

/** Who watches how the site does. */
export type SiteMonitoring = {
  observeRequest(request: RequestFacts): void;
  /** Whether it can answer everything; else what it waits for. */
  findReadiness(): Promise<{ readonly isReady: boolean; readonly waitsFor: readonly string[] }>;
};

/** Where the site notes what it could not do; the reader sees the reference, which is the request's id. */
export type SiteLog = {
  error(problem: { readonly reference: string; readonly route: string; readonly error: unknown }): void;
};
