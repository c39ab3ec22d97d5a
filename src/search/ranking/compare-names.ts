import { type NameKind, type NameSequences, nameKinds } from '../index/name-catalogue.ts';
import type { IndexPart } from '../index/overlay.ts';
import { findTerm } from '../index/segment.ts';
import { findString } from '../index/string-table.ts';
import type { WeighedQuery } from './weigh-query.ts';

/** How much a likeness with a name of the kind counts beside one with the title. */
const kindWeights: Readonly<Record<NameKind, number>> = { title: 1, former: 1, link: 1, path: 0.8 };
const weightOfKind = nameKinds.map((kind) => kindWeights[kind]);

/** The share that depends on whether the name says anything besides the query. */
const nameSideShare = 0.5;
/** What it adds when all neighbours in the query are neighbours in the name. */
const orderBonus = 0.15;
/** At most so many words of a query are compared with names. */
const maxWords = 64;

/** How like the best name of a document is to the query: 0 to 1, and up to the order bonus more. */
export type NameComparer = { compare(document: number): number };

export function createNameComparer(part: IndexPart, query: WeighedQuery): NameComparer {
  const { segment, overlay } = part;
  const { links } = overlay;
  const ownNames = createLikeness(query, {
    sequences: { items: segment.names, starts: segment.nameStarts },
    numberOf: (term) => findTerm(segment, term),
    weights: overlay.weights,
  });
  const linkNames = createLikeness(query, {
    sequences: links.sequences,
    numberOf: (term) => findString(links.terms, term),
    weights: overlay.linkWeights,
  });
  const linkWeight = kindWeights.link;
  return {
    compare(document) {
      let best = 0;
      const end = segment.nameListStarts[document + 1] ?? 0;
      for (let at = segment.nameListStarts[document] ?? 0; at < end; at += 1) {
        const weight = weightOfKind[segment.nameKinds[at] ?? 0] ?? 0;
        best = Math.max(best, weight * ownNames(segment.nameList[at] ?? 0));
      }
      const linkEnd = overlay.links.listStarts[document + 1] ?? 0;
      for (let at = overlay.links.listStarts[document] ?? 0; at < linkEnd; at += 1) {
        best = Math.max(best, linkWeight * linkNames(overlay.links.list[at] ?? 0));
      }
      return best;
    },
  };
}

/** Names, and what the numbers of their terms mean. */
type NameSpace = {
  readonly sequences: NameSequences;
  readonly numberOf: (term: string) => number;
  readonly weights: Float32Array;
};

/** Each name is compared once. */
function createLikeness(query: WeighedQuery, space: NameSpace): (name: number) => number {
  const known = new Map<number, number>();
  const measure = createMeasure(query, space);
  return (name) => {
    let likeness = known.get(name);
    if (likeness === undefined) {
      likeness = measure(name);
      known.set(name, likeness);
    }
    return likeness;
  };
}

/**
 * Compares the query with one name: the share of the query's weight that the name has, and of the name's weight that
 * the query has, and of the query's neighbours that are neighbours in the name.
 */
function createMeasure(
  query: WeighedQuery,
  { sequences, numberOf, weights }: NameSpace,
): (name: number) => number {
  const { items, starts } = sequences;
  const words = query.units
    .flatMap((unit, at) => unit.words.map(({ term, weight }) => ({ term: numberOf(term), weight, unit: at })))
    .slice(0, maxWords);
  const units = query.units.map((unit) => ({
    name: unit.name === null ? -1 : numberOf(unit.name),
    weight: unit.weight,
    wordWeight: unit.words.reduce((sum, { weight }) => sum + weight, 0) || 1,
  }));
  const placesOf = new Map<number, number[]>();
  words.forEach(({ term }, at) => {
    if (term >= 0) placesOf.set(term, [...(placesOf.get(term) ?? []), at]);
  });
  const unitsOf = new Map(units.map(({ name }, at) => [name, at]));
  unitsOf.delete(-1);
  const pairs = new Set<number>();
  for (let at = 1; at < words.length; at += 1) {
    const [before, after] = [words[at - 1]?.term ?? -1, words[at]?.term ?? -1];
    if (before >= 0 && after >= 0) pairs.add(pairKey(before, after));
  }
  const possiblePairs = words.length - 1;
  const total = query.totalWeight || 1;

  const hasWord = new Uint8Array(words.length);
  const hasName = new Uint8Array(units.length);
  return (name) => {
    const start = (starts[name] ?? 0) + 2;
    const count = items[start - 2] ?? 0;
    const mentions = items[start - 1] ?? 0;
    const covered = new Uint8Array(count);
    hasWord.fill(0);
    hasName.fill(0);
    const seenPairs = new Set<number>();
    for (let index = 0; index < count; index += 1) {
      const term = items[start + index] ?? 0;
      const places = placesOf.get(term);
      if (places) {
        covered[index] = 1;
        for (const place of places) hasWord[place] = 1;
      }
      if (index === 0) continue;
      const pair = pairKey(items[start + index - 1] ?? 0, term);
      if (pairs.has(pair)) seenPairs.add(pair);
    }
    for (let index = 0; index < mentions; index += 1) {
      const place = items[start + count + index * 2] ?? 0;
      const unit = unitsOf.get(items[start + count + index * 2 + 1] ?? 0);
      if (unit === undefined) continue;
      hasName[unit] = 1;
      covered.fill(1, place >>> 16, (place >>> 16) + (place & 0xffff));
    }
    let got = 0;
    units.forEach((unit, at) => {
      if (hasName[at]) got += unit.weight;
    });
    words.forEach(({ weight, unit }, at) => {
      const own = units[unit];
      if (own && hasWord[at] && !hasName[unit]) got += (own.weight * weight) / own.wordWeight;
    });
    if (got === 0) return 0;
    let nameTotal = 0;
    let nameGot = 0;
    for (let index = 0; index < count; index += 1) {
      const weight = weights[items[start + index] ?? 0] ?? 0;
      nameTotal += weight;
      if (covered[index]) nameGot += weight;
    }
    const order = possiblePairs > 0 ? (orderBonus * seenPairs.size) / possiblePairs : 0;
    return (got / total) * (1 - nameSideShare + (nameSideShare * nameGot) / (nameTotal || 1)) + order;
  };
}

function pairKey(before: number, after: number): number {
  return before * 0x200000 + after;
}
