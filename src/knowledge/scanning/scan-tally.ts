import type { AppliedSnapshot } from './applied-snapshot.ts';

const maxWarnings = 100;

/** What a scan did so far, for its page: counts of changes, and the warnings without doubles. */
export type ScanTally = {
  add(snapshot: AppliedSnapshot): void;
  /** `snapshots`, each kind of change, and `revised-<significance>`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly snapshots: number;
  readonly changes: number;
};

export function createScanTally(): ScanTally {
  const counts: Record<string, number> = {};
  const warnings = new Set<string>();
  let changes = 0;
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  return {
    add(snapshot) {
      count('snapshots');
      changes += snapshot.changes.length;
      for (const { kind, significance } of snapshot.changes) {
        count(kind === 'revised' ? `revised-${significance}` : kind);
      }
      for (const warning of snapshot.warnings) warnings.add(warning);
    },
    get snapshots() {
      return counts.snapshots ?? 0;
    },
    get changes() {
      return changes;
    },
    get counts() {
      return counts;
    },
    get warnings() {
      const all = [...warnings];
      return all.length <= maxWarnings
        ? all
        : [...all.slice(0, maxWarnings), `… and ${all.length - maxWarnings} more of this kind.`];
    },
  };
}
