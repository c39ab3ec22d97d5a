/** Warnings of a scan, with those of one cause counted after the first few. */
export type Warnings = {
  add(warning: string, cause?: string): void;
  list(): string[];
};

const shownPerCause = 3;

export function createWarnings(): Warnings {
  const warnings: string[] = [];
  const counts = new Map<string, number>();
  return {
    add(warning, cause = warning) {
      const count = (counts.get(cause) ?? 0) + 1;
      counts.set(cause, count);
      if (count <= shownPerCause) warnings.push(warning);
    },
    list: () => [
      ...warnings,
      ...[...counts]
        .filter(([, count]) => count > shownPerCause)
        .map(([cause, count]) => `And ${count - shownPerCause} more: ${cause}.`),
    ],
  };
}
