import type { Clock } from '../clock.ts';
import type { ArticleId } from '../ids.ts';
import type { Scan } from '../source.ts';
import type { AppliedSnapshot } from './applied-snapshot.ts';
import type { ScanSession } from './scan-ledger.ts';
import type { ScanTally } from './scan-tally.ts';
import type { TechnologyPlacing } from './technology-placing.ts';

/** Snapshots go to the ledger together until they have so many revisions: every commit costs a flush of the disk. */
const maxRevisions = 1000;

/** Whole snapshots on their way to the ledger. */
export type CommitBatch = {
  add(snapshot: AppliedSnapshot): void;
  readonly isFull: boolean;
  /** Whether a revision of the article is in it, which the ledger does not have yet. */
  has(id: ArticleId): boolean;
  /** Gives everything to the ledger and is empty again; `isLast` ends the scan as done. */
  commit(isLast: boolean): Promise<Scan>;
};

export function createCommitBatch(parts: {
  readonly session: ScanSession;
  readonly technologies: TechnologyPlacing;
  readonly tally: ScanTally;
  readonly clock: Clock;
  readonly alerts: boolean;
}): CommitBatch {
  const { session, technologies, tally, clock, alerts } = parts;
  let snapshots: AppliedSnapshot[] = [];
  let revised = new Set<ArticleId>();
  let revisions = 0;
  return {
    add(snapshot) {
      snapshots.push(snapshot);
      revisions += snapshot.revisions.length;
      for (const { articleId } of snapshot.revisions) revised.add(articleId);
    },
    get isFull() {
      return revisions >= maxRevisions;
    },
    has: (id) => revised.has(id),
    async commit(isLast) {
      const { counts, warnings } = tally;
      const scan = await session.commit({
        snapshots,
        technologies: technologies.takeNew(),
        alerts,
        recordedAt: clock.now(),
        counts,
        warnings,
        isLast,
      });
      snapshots = [];
      revised = new Set();
      revisions = 0;
      return scan;
    },
  };
}
