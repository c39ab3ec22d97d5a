import type { AccountId, Instant, ScanId } from '../knowledge/ids.ts';
import type { Source, SourceKind } from '../knowledge/source.ts';

/** A source as an administrator describes it; what is left empty gets its usual value. */
export type SourceForm = {
  readonly name: string;
  readonly title: string;
  readonly kind: SourceKind;
  readonly url: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly schedule: string;
  readonly licence: string;
  readonly attribution: string;
};

/** Done, or refused with a sentence that says why and what to do. */
export type Verdict = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly sentence: string };

/** A known source that ships with the program. */
export type CatalogueEntry = Omit<SourceForm, 'schedule'> & { readonly about: string };

/**
 * What administrators do with sources; `by` is who does it, which the audit trail keeps. Scans that are started here go
 * on after the answer.
 */
export type SourceAdministration = {
  listCatalogue(): Promise<readonly CatalogueEntry[]>;
  addSource(form: SourceForm, by: AccountId): Promise<Verdict>;
  changeSource(
    name: string,
    change: Partial<
      Pick<Source, 'title' | 'url' | 'settings' | 'schedule' | 'licence' | 'attribution' | 'state'>
    >,
    by: AccountId,
  ): Promise<Verdict>;
  removeSource(name: string, by: AccountId): Promise<Verdict>;
  /** Visits the source and keeps nothing: what would be read. */
  testSource(
    form: SourceForm,
    by: AccountId,
  ): Promise<
    | {
        readonly kind: 'readable';
        readonly articleCount: number;
        readonly titles: readonly string[];
        readonly warnings: readonly string[];
      }
    | { readonly kind: 'refused'; readonly sentence: string }
  >;
  startScan(name: string, by: AccountId): Promise<Verdict>;
  acceptHeldScan(id: ScanId, by: AccountId): Promise<Verdict>;
  /** How far the scan is that this process runs on the source; null: it runs none. */
  readProgress(name: string): { readonly snapshots: number; readonly changes: number } | null;
  /** When the source is visited next; null: paused. */
  findNextScanAt(name: string): Promise<Instant | null>;
};

export type DeliveryRow = {
  readonly id: number;
  readonly address: string;
  /** What it brings: `digest` or the kind of a notice. */
  readonly kind: string;
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly createdAt: Instant;
  readonly nextAttemptAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly problem: string | null;
};

/** What happened to mails. */
export type DeliveryOverview = {
  countByState(): Promise<Readonly<Record<string, number>>>;
  /** Newest first; `trouble`: deferred and failed ones only. */
  listDeliveries(filter: { readonly limit: number; readonly trouble: boolean }): Promise<DeliveryRow[]>;
  listSuppressions(limit: number): Promise<
    {
      readonly addressKey: string;
      readonly reason: string;
      readonly detail: string;
      readonly createdAt: Instant;
    }[]
  >;
  /** Domains that refuse us, which get no digests until then; the last one first. */
  listPausedDomains(): Promise<
    {
      readonly domain: string;
      readonly reason: string;
      readonly diagnostic: string;
      readonly pausedUntil: Instant;
    }[]
  >;
  /** Lets digests go to the domain again. */
  resumeDomain(domain: string): Promise<boolean>;
  /** Lets mail go to the address again. */
  removeSuppression(addressKey: string): Promise<boolean>;
};

export type OutboxMessage = {
  readonly id: string;
  readonly address: string;
  readonly subject: string;
  readonly createdAt: Instant;
};

/** Messages that were not sent because no SMTP server is set. */
export type Outbox = {
  /** Newest first. */
  listMessages(limit: number): Promise<OutboxMessage[]>;
  findMessage(
    id: string,
  ): Promise<
    (OutboxMessage & { readonly text: string; readonly html: string | null; readonly source: string }) | null
  >;
};
