import type { AuditTrail } from '../accounts/audit.ts';
import type { ModerationDesk } from '../community/feedback-store.ts';
import type { ImportReport } from '../community/import-feedback.ts';
import type { Archive } from '../knowledge/archive.ts';
import type { Document } from '../knowledge/document.ts';
import type { ArticleId, Instant, ScanId, TechnologyId } from '../knowledge/ids.ts';
import type { Scan, Source, SourceKind } from '../knowledge/source.ts';
import type { Technology } from '../knowledge/technology.ts';

/** What `--data` and `--database` chose, and which instant the command takes for now. */
export type WorkplaceOptions = {
  readonly data?: string;
  readonly database?: string;
  readonly now?: Instant;
};

/** Opens the data for one command; `close` it afterwards. */
export type OpenWorkplace = (options: WorkplaceOptions) => Promise<Workplace>;

/** Everything that the command line does; composed in `entry`. */
export type Workplace = {
  readonly archive: Archive;
  readonly sources: SourceDesk;
  readonly trySource: SourceTrial;
  loadCatalogue(): Promise<readonly CatalogueSource[]>;
  readonly accounts: AccountDesk;
  readonly audit: Pick<AuditTrail, 'listAudit' | 'verifyAudit'>;
  readonly tokens: TokenDesk;
  readonly digests: DigestDesk;
  readonly channels: ChannelDesk;
  readonly feedback: FeedbackDesk;
  search(query: string, options: SearchOptions): Promise<SearchAnswer>;
  /** Names and aliases as people write them → technologies; the best match first. */
  findTechnologies(name: string): Promise<Technology[]>;
  examine(): Promise<Finding[]>;
  /** What receivers find when they check our mail. */
  examineMail(): Promise<Finding[]>;
  /** Recomputes what can be computed anew and compares it with what is kept. */
  verify(onProgress: (subject: string, done: number, total: number) => void): Promise<Verified[]>;
  /** Copies the whole database into a new file while it is in use. */
  backUp(file: string): Promise<{ bytes: number }>;
  close(): Promise<void>;
};

/** Reads a little of a source that is not watched yet, and keeps nothing. Without a kind it is found out. */
export type SourceTrial = (request: {
  readonly url: string;
  readonly kind: SourceKind | null;
  readonly settings: Readonly<Record<string, unknown>>;
}) => Promise<TriedSource>;

export type TriedSource = {
  readonly kind: SourceKind;
  /** Where to add it; may be another address than the one that was tried, such as a page's feed. */
  readonly url: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** null where it is only known after reading them all. */
  readonly articleCount: number | null;
  readonly articles: readonly (Document & { readonly key: string; readonly url: string | null })[];
  readonly warnings: readonly string[];
};

/** A known source that ships with the program. */
export type CatalogueSource = Required<Omit<SourceDraft, 'schedule'>> & {
  readonly about: string;
  /** How the entry was checked, and whether its address could be reached. */
  readonly checked: string;
};

export type SourceDesk = {
  add(draft: SourceDraft): Promise<Source>;
  remove(name: string): Promise<{ articles: number }>;
  setState(name: string, state: Source['state']): Promise<void>;
  /** Visits the source now and waits for the outcome. */
  scan(request: {
    readonly name: string;
    readonly asOf: Instant | null;
    readonly depth: 'latest' | 'history';
    readonly onProgress?: (done: number, total: number | null) => void;
    readonly signal?: AbortSignal;
  }): Promise<Scan>;
  /** Applies what a held scan saw after all. */
  accept(scanId: ScanId): Promise<Scan>;
};

export type SourceDraft = {
  readonly name: string;
  readonly kind: SourceKind;
  readonly url: string;
  readonly title?: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly schedule?: string;
  readonly licence?: string;
  readonly attribution?: string;
};

export type AccountDesk = {
  list(): Promise<AccountRow[]>;
  find(address: string): Promise<AccountRow | null>;
  /** Makes the account if there is none; a new one is asked for confirmation by mail unless the operator vouches. */
  subscribe(request: {
    readonly address: string;
    readonly technologyId: TechnologyId;
    readonly isVouchedFor: boolean;
  }): Promise<{ isNewAccount: boolean; isConfirmed: boolean }>;
  setRole(address: string, role: AccountRow['role']): Promise<void>;
  /** A link that signs in once; for an operator who is asked for help. */
  createSignInLink(address: string): Promise<string>;
  /** Everywhere, and ends the tokens of the API. */
  signOut(address: string): Promise<{ readonly sessions: number; readonly apiTokens: number }>;
  /** Of somebody who lost them; returns how many there were. */
  forgetPasskeys(address: string): Promise<number>;
  exportEverything(address: string): Promise<unknown>;
  remove(address: string): Promise<void>;
};

export type AccountRow = {
  readonly address: string;
  readonly role: 'reader' | 'curator' | 'moderator' | 'administrator';
  readonly isConfirmed: boolean;
  readonly isPaused: boolean;
  readonly timeZone: string;
  readonly digestHour: number;
  readonly subscriptions: number;
  readonly createdAt: Instant;
};

export type TokenDesk = {
  /** The secret is kept nowhere. */
  create(
    address: string,
    request: { readonly name: string; readonly scopes: readonly string[]; readonly days: number },
  ): Promise<{ readonly secret: string; readonly token: TokenRow }>;
  /** Newest first. */
  list(address: string): Promise<TokenRow[]>;
  revoke(address: string, id: number): Promise<void>;
};

export type TokenRow = {
  readonly id: number;
  readonly name: string;
  /** How the secret begins. */
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** To the hour. */
  readonly usedAt: Instant | null;
  readonly state: 'works' | 'expired' | 'revoked';
};

/** The channels of the account with an address; throws when there is none. */
export type ChannelDesk = {
  list(address: string): Promise<{
    readonly takesMail: boolean;
    readonly channels: readonly {
      readonly id: number;
      readonly kind: string;
      readonly name: string;
      readonly host: string;
      readonly state: string;
      readonly problem: string | null;
    }[];
  }>;
  /** `secret`: signs what a webhook gets; shown now and never again. */
  add(
    address: string,
    draft: { readonly kind: 'webhook' | 'slack' | 'teams'; readonly url: string; readonly name: string },
  ): Promise<{ readonly id: number; readonly secret: string | null }>;
  test(address: string, id: number): Promise<void>;
  remove(address: string, id: number | 'mail'): Promise<void>;
  /** Removes everybody's channels besides mail, for a key that is lost; returns how many. */
  forgetKey(): Promise<number>;
};

export type DigestDesk = {
  /** Writes the digests that are due into the ledger. */
  plan(onProgress?: (accounts: number) => void): Promise<{ digests: number; accounts: number }>;
  /** Attempts every delivery that is due, once. */
  send(): Promise<{ accepted: number; deferred: number; failed: number }>;
};

export type FeedbackDesk = Pick<ModerationDesk, 'listNewest' | 'countQueue'> & {
  /** Takes old feedback in, a JSON object a line. */
  importLines(lines: Iterable<string>): Promise<ImportReport>;
};

export type SearchOptions = { readonly limit: number; readonly asOf: Instant | null };
export type SearchAnswer = {
  readonly total: number;
  readonly hits: readonly SearchResult[];
  /** Articles that lack something of what was asked for; only where little was found. */
  readonly near: readonly SearchResult[];
  readonly notUnderstood: readonly string[];
  readonly didYouMean: string | null;
};

export type SearchResult = {
  readonly articleId: ArticleId;
  readonly title: string;
  readonly externalIds: readonly string[];
  readonly url: string | null;
  readonly snippet: string;
};

/** What `verify` looked at; `faults` names the first of what was wrong. */
export type Verified = {
  readonly subject: string;
  readonly checked: number;
  readonly wrong: number;
  readonly faults: readonly string[];
};

/** What `doctor` found, in a sentence that says what to do. */
export type Finding = { readonly level: 'good' | 'warning' | 'problem'; readonly sentence: string };
