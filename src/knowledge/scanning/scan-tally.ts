import type { AppliedSnapshot } from './applied-snapshot.ts';

const maxWarnings = 100;

/** What a scan did so far, for its page: counts of changes, and the warnings without doubles. */
export type ScanTally = {
  add(snapshot: AppliedSnapshot): void;
  warn(sentence: string): void;
  /** `snapshots`, each kind of change, and `revised-<significance>`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
};

export function createScanTally(): ScanTally {
  const counts: Record<string, number> = {};
  const warnings = new Set<string>();
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const warn = (sentence: string) => {
    warnings.add(sentence);
  };
  return {
    warn,
    add(snapshot) {
      count('snapshots');
      for (const { kind, significance } of snapshot.changes) {
        count(kind === 'revised' ? `revised-${significance}` : kind);
      }
      snapshot.warnings.forEach(warn);
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
