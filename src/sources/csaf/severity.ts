import type { CsafDocument, Vulnerability } from './csaf-document.ts';

export type Score = {
  readonly version: string;
  readonly base: number;
  readonly severity: string;
  readonly vector: string;
};

const ranks = ['none', 'low', 'medium', 'high', 'critical'];

/** The highest score of a vulnerability, by the newest version of CVSS that it has. */
export function cvssOf({ scores }: Vulnerability): Score | null {
  for (const field of ['cvss_v4', 'cvss_v3', 'cvss_v2'] as const) {
    const found = scores.flatMap((score) => score[field] ?? []);
    const highest = found.reduce<(typeof found)[number] | null>(
      (best, next) => (best === null || next.baseScore > best.baseScore ? next : best),
      null,
    );
    if (highest === null) continue;
    const severity = highest.baseSeverity?.toLowerCase() ?? severityOf(highest.baseScore);
    return { version: highest.version, base: highest.baseScore, severity, vector: highest.vectorString };
  }
  return null;
}

export function describeScore({ version, base, severity, vector }: Score): string {
  return `CVSS ${version} base score ${base.toFixed(1)} (${severity}): ${vector}`;
}

/** What subscriptions filter on: the vendor's own word, else that of the highest score; null without either. */
export function readSeverity({ document, vulnerabilities }: CsafDocument): {
  severity: string | null;
  score: Score | null;
} {
  const scores = vulnerabilities.map(cvssOf).filter((score) => score !== null);
  const highest = scores.reduce<Score | null>(
    (best, next) => (best === null || next.base > best.base ? next : best),
    null,
  );
  const stated = document.aggregate_severity?.text.trim().toLowerCase();
  return { severity: (stated || highest?.severity) ?? null, score: highest };
}

/** Qualitative severity of a base score (CVSS 3.1, section 5). */
function severityOf(base: number): string {
  const rank = base === 0 ? 0 : base < 4 ? 1 : base < 7 ? 2 : base < 9 ? 3 : 4;
  return ranks[rank] ?? 'none';
}
