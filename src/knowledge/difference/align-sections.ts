import type { Section } from '../document.ts';
import { alignSequences } from './align-sequences.ts';
import { likenTexts, profileText, type TextProfile } from './text-likeness.ts';

/** Indices of two sections that are the same one; null on a side: it has no counterpart. */
export type SectionPair = {
  readonly before: number | null;
  readonly after: number | null;
  readonly isMoved: boolean;
};

/** From this likeness on sections of different headings are one that was renamed. */
const leastLikeness = 0.5;
const maxPairsToWeigh = 2500;

/**
 * Pairs the sections of two documents: first by their headings with those above them, then by heading alone,
 * then by what they say. The pairs come in the order of the sections after; a removed section stands behind the
 * section that it followed.
 */
export function alignSections(before: readonly Section[], after: readonly Section[]): SectionPair[] {
  const pairing = new Pairing(before.length);
  const pathsBefore = headingPaths(before);
  const pathsAfter = headingPaths(after);
  for (const match of alignSequences(pathsBefore, pathsAfter)) {
    for (let step = 0; step < match.length; step++) pairing.pair(match.before + step, match.after + step);
  }
  pairing.pairUnique(pathsBefore, pathsAfter);
  pairing.pairUnique(before.map(foldHeading), after.map(foldHeading));
  pairByContent(before, after, pairing);
  return order(pairing, before.length, after.length);
}

class Pairing {
  readonly afterOf: (number | null)[];
  private readonly taken = new Set<number>();

  constructor(length: number) {
    this.afterOf = new Array<number | null>(length).fill(null);
  }

  pair(before: number, after: number): void {
    this.afterOf[before] = after;
    this.taken.add(after);
  }

  isFreeBefore(index: number): boolean {
    return this.afterOf[index] === null;
  }

  isFreeAfter(index: number): boolean {
    return !this.taken.has(index);
  }

  /** Pairs what is still free and has a key that is unique on both sides. */
  pairUnique(before: readonly string[], after: readonly string[]): void {
    const freeBefore = indexUnique(before, (index) => this.isFreeBefore(index));
    const freeAfter = indexUnique(after, (index) => this.isFreeAfter(index));
    for (const [key, index] of freeBefore) {
      const other = freeAfter.get(key);
      if (index !== null && other !== undefined && other !== null) this.pair(index, other);
    }
  }
}

/** Key → its index, null where several have it. */
function indexUnique(
  keys: readonly string[],
  isFree: (index: number) => boolean,
): Map<string, number | null> {
  const found = new Map<string, number | null>();
  keys.forEach((key, index) => {
    if (isFree(index)) found.set(key, found.has(key) ? null : index);
  });
  return found;
}

function foldHeading(section: Section): string {
  return section.heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function headingPaths(sections: readonly Section[]): string[] {
  const above: { level: number; heading: string }[] = [];
  return sections.map((section) => {
    while ((above.at(-1)?.level ?? 0) >= section.level) above.pop();
    above.push({ level: section.level, heading: foldHeading(section) });
    return above.map((item) => item.heading).join('\n');
  });
}

type Candidate = { readonly before: number; readonly after: number; readonly likeness: number };

function pairByContent(before: readonly Section[], after: readonly Section[], pairing: Pairing): void {
  const freeBefore = before.flatMap((_, index) => (pairing.isFreeBefore(index) ? [index] : []));
  const freeAfter = after.flatMap((_, index) => (pairing.isFreeAfter(index) ? [index] : []));
  if (freeBefore.length * freeAfter.length > maxPairsToWeigh) return;
  const profilesAfter = freeAfter.map((index) => profileSection(after[index]));
  const candidates: Candidate[] = [];
  for (const index of freeBefore) {
    const profile = profileSection(before[index]);
    freeAfter.forEach((other, position) => {
      const likeness = likenSections(profile, profilesAfter[position]);
      if (likeness >= leastLikeness) candidates.push({ before: index, after: other, likeness });
    });
  }
  candidates.sort(
    (one, two) => two.likeness - one.likeness || one.before - two.before || one.after - two.after,
  );
  for (const { before: index, after: other } of candidates) {
    if (pairing.isFreeBefore(index) && pairing.isFreeAfter(other)) pairing.pair(index, other);
  }
}

type SectionProfile = { readonly heading: TextProfile; readonly content: TextProfile };

function profileSection(section: Section | undefined): SectionProfile {
  return {
    heading: profileText(section?.heading ?? ''),
    content: profileText((section?.blocks ?? []).map((block) => block.text).join('\n')),
  };
}

/** What they say counts more than how they are called; of empty sections only the heading can tell. */
function likenSections(one: SectionProfile, other: SectionProfile | undefined): number {
  if (other === undefined) return 0;
  const heading = likenTexts(one.heading, other.heading);
  if (one.content.wordCount === 0 || other.content.wordCount === 0) return heading * 0.9;
  return 0.35 * heading + 0.65 * likenTexts(one.content, other.content);
}

function order(pairing: Pairing, lengthBefore: number, lengthAfter: number): SectionPair[] {
  const beforeOf = new Map<number, number>();
  const partners: number[] = [];
  pairing.afterOf.forEach((after, before) => {
    if (after === null) return;
    beforeOf.set(after, before);
    partners.push(after);
  });
  const inOrder = longestIncreasing(partners);
  const pairs: SectionPair[] = [];
  const placed = new Set<number>();
  const placeRemoved = (from: number) => {
    for (let index = from; index < lengthBefore && pairing.isFreeBefore(index); index++) {
      if (placed.has(index)) continue;
      placed.add(index);
      pairs.push({ before: index, after: null, isMoved: false });
    }
  };
  placeRemoved(0);
  for (let after = 0; after < lengthAfter; after++) {
    const before = beforeOf.get(after) ?? null;
    pairs.push({ before, after, isMoved: before !== null && !inOrder.has(after) });
    if (before !== null) placeRemoved(before + 1);
  }
  return pairs;
}

/**
 * The members of a longest increasing subsequence: what kept its order; the others moved. Patience sorting:
 * `ends[n]` is the index of the smallest value that ends an increasing run of n + 1.
 */
function longestIncreasing(values: readonly number[]): Set<number> {
  const ends: number[] = [];
  const previous: (number | null)[] = [];
  const valueAt = (index: number | undefined) => (index === undefined ? 0 : (values[index] ?? 0));
  values.forEach((value, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (valueAt(ends[middle]) < value) low = middle + 1;
      else high = middle;
    }
    previous.push(ends[low - 1] ?? null);
    ends[low] = index;
  });
  const members = new Set<number>();
  for (let at: number | null = ends.at(-1) ?? null; at !== null; at = previous[at] ?? null) {
    members.add(valueAt(at));
  }
  return members;
}
