import type { SectionKind } from './document.ts';
import type { ArticleId, BulkEditId, ChangeId, Instant, ScanId, SourceId } from './ids.ts';

export const changeKinds = ['created', 'revised', 'moved', 'retired', 'restored'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Ordered: a threshold of minor takes minor and material. */
export const significances = ['invisible', 'minor', 'material'] as const;
export type Significance = (typeof significances)[number];

/** Why a change is judged as it is; `sentence` is the plain wording that pages and digests show. */
export type Reason = {
  /** Stable, for machines: `step-added`, `applies-to-added`, `title-changed`, `product-renamed` … */
  readonly code: string;
  readonly section: SectionKind | null;
  readonly sentence: string;
};

/** The decisive passage of a revised article. */
export type Passage = { readonly before: string; readonly after: string };

export type Judgement = {
  readonly significance: Significance;
  readonly reasons: readonly Reason[];
  readonly passage: Passage | null;
};

export type Change = {
  readonly id: ChangeId;
  readonly articleId: ArticleId;
  readonly sourceId: SourceId;
  readonly scanId: ScanId;
  readonly kind: ChangeKind;
  /** null when created. */
  readonly fromRevision: number | null;
  readonly toRevision: number;
  readonly significance: Significance;
  readonly reasons: readonly Reason[];
  readonly passage: Passage | null;
  readonly bulkEditId: BulkEditId | null;
  /** A change of a baseline scan or of imported history alerts nobody. */
  readonly alerts: boolean;
  /** When the source showed it: the scan's as-of instant. */
  readonly occurredAt: Instant;
  /** When it was committed to the change log. */
  readonly recordedAt: Instant;
};
