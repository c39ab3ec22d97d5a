import type { Reason } from '../change.ts';
import type { Document } from '../document.ts';

/** Facts that a vendor states for machines and on which an administrator acts. */
const weightyFacts: ReadonlyMap<string, string> = new Map([
  ['severity', 'Severity'],
  ['cvss-score', 'CVSS score'],
  ['status', 'Status'],
]);

/**
 * What a vendor's own facts say that an administrator would act upon: another severity or state of an advisory, a
 * vulnerability more or fewer. These need no weighing; any of them makes a change material.
 */
export function nameVendorFacts(before: Document, after: Document): Reason[] {
  return [...nameWeightyFacts(before.facts, after.facts), ...nameVulnerabilities(before, after)];
}

function nameWeightyFacts(before: Document['facts'], after: Document['facts']): Reason[] {
  return [...weightyFacts].flatMap(([name, title]): Reason[] => {
    const one = before[name] ?? '';
    const other = after[name] ?? '';
    if (one === other) return [];
    const what = one === '' ? `${other} now` : other === '' ? `no longer ${one}` : `${one} became ${other}`;
    return [{ code: `${name}-changed`, section: null, sentence: `${title}: ${what}` }];
  });
}

function nameVulnerabilities(before: Document, after: Document): Reason[] {
  const idsOf = (document: Document) => document.externalIds.filter((id) => id.startsWith('CVE-'));
  const one = idsOf(before);
  const other = idsOf(after);
  const added = other.filter((id) => !one.includes(id));
  const removed = one.filter((id) => !other.includes(id));
  const reason = (code: string, ids: readonly string[], what: string): Reason[] =>
    ids.length === 0 ? [] : [{ code, section: null, sentence: `Vulnerabilities: ${ids.join(', ')} ${what}` }];
  return [
    ...reason('vulnerability-added', added, 'added'),
    ...reason('vulnerability-removed', removed, 'removed'),
  ];
}
