import type { BulkEdit, ChangeWithArticle } from '../knowledge/archive.ts';
import type { AccountId, BulkEditId, DigestId, Instant } from '../knowledge/ids.ts';
import type { Subscription } from './subscription.ts';
import type { ToldFeedback } from './told-feedback.ts';

/** Why a change is told: the subscription that matched it; null where the reader has ended it since. */
export type ToldChange = ChangeWithArticle & { readonly subscription: Subscription | null };

/** Everything that is stored about one digest. */
export type DigestMaterial = {
  readonly id: DigestId;
  /** `YYYY-MM-DD` in `timeZone`. */
  readonly localDate: string;
  readonly timeZone: string;
  readonly plannedAt: Instant;
  readonly previousPlannedAt: Instant | null;
  readonly account: {
    readonly id: AccountId;
    readonly address: string;
    readonly digestHour: number;
    readonly unsubscribeSecret: string;
  };
  /** In the order of the change log. */
  readonly changes: readonly ToldChange[];
  readonly bulkEdits: ReadonlyMap<BulkEditId, BulkEdit>;
  /** Of articles that are followed with it, in the order in which it was written. */
  readonly feedback: readonly ToldFeedback[];
};
