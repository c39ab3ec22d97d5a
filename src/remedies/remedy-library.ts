import type { AccountId, Instant } from '../knowledge/ids.ts';
import type { Script } from './compile-remedy.ts';
import type { Remedy, RemedyMode } from './remedy.ts';

/** A script as it is offered for download. */
export type OfferedScript = Script & {
  readonly bytes: Uint8Array;
  /** Hex. */
  readonly sha256: string;
  /** Ed25519 over the bytes, base64. */
  readonly signature: string;
};

export type OfferedRemedy = { readonly remedy: Remedy; readonly scripts: readonly OfferedScript[] };

/** The remedies that the site offers. */
export type RemedyLibrary = {
  listRemedies(): Promise<readonly OfferedRemedy[]>;
  listRemediesOf(article: {
    readonly source: string;
    readonly key: string;
  }): Promise<readonly OfferedRemedy[]>;
  findRemedy(id: string): Promise<OfferedRemedy | null>;
  /** PEM, for checking signatures without this program. */
  readPublicKey(): Promise<string>;
};

export const remedyOutcomes = ['fixed', 'partly', 'not-fixed'] as const;
export type RemedyOutcome = (typeof remedyOutcomes)[number];

/** How a remedy went for those who tell. */
export type RemedyTally = Readonly<Record<RemedyOutcome, number>>;

/** What readers tell of remedies; scripts tell nothing. One report an account for each mode, the last one counts. */
export type RemedyReports = {
  reportOutcome(report: {
    readonly remedyId: string;
    readonly mode: RemedyMode;
    readonly accountId: AccountId;
    readonly outcome: RemedyOutcome;
    readonly now: Instant;
  }): Promise<void>;
  countOutcomes(remedyId: string): Promise<Readonly<Record<RemedyMode, RemedyTally>>>;
};

/** Whether the article says something materially different since the revision that the remedy was reviewed for. */
export function isReviewed(
  remedy: Remedy,
  changes: readonly { readonly significance: string; readonly toRevision: number }[],
): boolean {
  return !changes.some(
    (change) => change.significance === 'material' && change.toRevision > remedy.article.revision,
  );
}
