import type { Document } from '../document.ts';
import type { FactDifference } from './document-difference.ts';

/** The facts of which the two documents say something else, the well-known ones first. */
export function compareFacts(before: Document, after: Document): FactDifference[] {
  const factsBefore = listFacts(before);
  const factsAfter = listFacts(after);
  const names = new Set([...factsBefore.keys(), ...factsAfter.keys()]);
  return [...names].flatMap((name) => {
    const one = factsBefore.get(name) ?? [];
    const other = factsAfter.get(name) ?? [];
    return isSameList(one, other) ? [] : [{ name, before: one, after: other }];
  });
}

function listFacts(document: Document): Map<string, readonly string[]> {
  const single = (value: string | null) => (value === null || value === '' ? [] : [value]);
  const facts = new Map<string, readonly string[]>([
    ['title', single(document.title)],
    ['description', single(document.description)],
    ['applies-to', document.appliesTo],
    ['external-ids', document.externalIds],
    ['vendor-date', single(document.vendorDate)],
    ['vendor-revision', single(document.vendorRevision)],
    ['language', single(document.language)],
  ]);
  for (const [name, value] of Object.entries(document.facts)) facts.set(name, single(value));
  return facts;
}

/** The order of names and ids says nothing. */
function isSameList(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  const known = new Set(one);
  return other.every((value) => known.has(value));
}
