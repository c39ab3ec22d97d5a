import type { BlockCatalogue } from './block-catalogue.ts';
import { GrowingBytes, type GrowingNumbers } from './growing-array.ts';
import { type NameSequences, renumberNames } from './name-catalogue.ts';
import { packArrays } from './packed-arrays.ts';
import { invert, orderByCodePoints, packStrings, sortTerms } from './string-table.ts';

/** Everything that a builder collected, with terms and surfaces in the order in which they came. */
export type SegmentParts = {
  readonly language: string;
  readonly blocks: BlockCatalogue;
  readonly names: NameSequences;
  readonly strings: readonly string[];
  /** For each posting its term, and `document << 8 | impact`; by rising document. */
  readonly postings: { readonly terms: GrowingNumbers; readonly entries: GrowingNumbers };
  readonly places: {
    readonly blocks: GrowingNumbers;
    readonly places: GrowingBytes;
    readonly starts: GrowingNumbers;
  };
  readonly technologies: { readonly items: GrowingNumbers; readonly starts: GrowingNumbers };
  readonly nameLists: {
    readonly items: GrowingNumbers;
    readonly kinds: GrowingBytes;
    readonly starts: GrowingNumbers;
  };
  readonly links: {
    readonly texts: GrowingNumbers;
    readonly targets: GrowingNumbers;
    readonly starts: GrowingNumbers;
  };
  readonly facts: Readonly<Record<FactName, readonly number[]>>;
};

type FactName =
  | 'articleIds'
  | 'sourceIds'
  | 'changedAt'
  | 'createdAt'
  | 'reviewedDays'
  | 'flags'
  | 'sections'
  | 'keys'
  | 'urls';

/** Gives terms and surfaces their final numbers and lays everything out in one buffer. */
export function packSegment(parts: SegmentParts): SharedArrayBuffer {
  const { texts: terms, numberOf: termNumberOf } = sortTerms(parts.blocks.terms.list());
  const postings = packPostings(parts.postings, termNumberOf);
  const surfaces = rankSurfaces(parts.blocks);
  renumberNames(parts.names, termNumberOf);
  const termTable = packStrings(terms);
  const surfaceTable = packStrings(surfaces.texts);
  const stringTable = packStrings(parts.strings);
  const { facts } = parts;
  return packArrays({
    language: new TextEncoder().encode(parts.language),
    termBytes: termTable.bytes,
    termStarts: termTable.starts,
    frequencies: postings.frequencies,
    postingBytes: postings.bytes,
    postingStarts: postings.starts,
    surfaceBytes: surfaceTable.bytes,
    surfaceStarts: surfaceTable.starts,
    ...packSurfaceTerms(parts.blocks, surfaces.order, termNumberOf),
    ...packBlocks(parts.blocks, surfaces.numberOf),
    wordOrder: sortWords(parts.blocks, surfaces),
    placeStarts: parts.places.starts.view,
    placeBlocks: parts.places.blocks.view,
    places: parts.places.places.view,
    technologyStarts: parts.technologies.starts.view,
    technologies: parts.technologies.items.view,
    nameListStarts: parts.nameLists.starts.view,
    nameList: parts.nameLists.items.view,
    nameKinds: parts.nameLists.kinds.view,
    nameStarts: parts.names.starts,
    names: parts.names.items,
    linkStarts: parts.links.starts.view,
    linkTexts: parts.links.texts.view,
    linkTargets: parts.links.targets.view,
    stringBytes: stringTable.bytes,
    stringStarts: stringTable.starts,
    articleIds: Float64Array.from(facts.articleIds),
    sourceIds: Uint32Array.from(facts.sourceIds),
    changedAt: Float64Array.from(facts.changedAt),
    createdAt: Float64Array.from(facts.createdAt),
    reviewedDays: Int32Array.from(facts.reviewedDays),
    flags: Uint8Array.from(facts.flags),
    sections: Uint16Array.from(facts.sections),
    keys: Uint32Array.from(facts.keys),
    urls: Uint32Array.from(facts.urls),
  });
}

/** For each term its documents in rising order, each as the distance from the one before and a byte of impact. */
function packPostings(postings: SegmentParts['postings'], numberOf: Uint32Array) {
  const terms = postings.terms.view;
  const entries = postings.entries.view;
  const frequencies = new Uint32Array(numberOf.length);
  // Typed arrays are within bounds below: each posting has a term, each term a number.
  for (let at = 0; at < terms.length; at += 1) {
    (frequencies[numberOf[terms[at] as number] as number] as number) += 1;
  }
  const next = new Uint32Array(numberOf.length);
  let total = 0;
  for (let term = 0; term < next.length; term += 1) {
    next[term] = total;
    total += frequencies[term] as number;
  }
  const ordered = new Uint32Array(total);
  for (let at = 0; at < terms.length; at += 1) {
    const term = numberOf[terms[at] as number] as number;
    ordered[(next[term] as number)++] = entries[at] as number;
  }
  const bytes = new GrowingBytes(total * 3 + 16);
  const starts = new Uint32Array(numberOf.length + 1);
  let at = 0;
  for (let term = 0; term < numberOf.length; term += 1) {
    let before = -1;
    for (const end = at + (frequencies[term] as number); at < end; at += 1) {
      const entry = ordered[at] as number;
      const document = entry >>> 8;
      bytes.pushVarint(document - before - 1);
      bytes.push(entry & 0xff);
      before = document;
    }
    starts[term + 1] = bytes.length;
  }
  return { frequencies, starts, bytes: bytes.view };
}

type RankedSurfaces = { texts: string[]; order: Uint32Array; numberOf: Uint32Array };

/** The most frequent surfaces get the lowest numbers, which take the fewest bytes. */
function rankSurfaces(blocks: BlockCatalogue): RankedSurfaces {
  const unranked = blocks.surfaces.list();
  const counts = new Uint32Array(unranked.length);
  const { items } = blocks.surfaceSequences;
  for (let at = 0; at < items.length; at += 1) (counts[items[at] as number] as number) += 1; // each has a count
  const order = orderByCodePoints(unranked).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  return { texts: Array.from(order, (id) => unranked[id] ?? ''), order, numberOf: invert(order) };
}

function packSurfaceTerms(blocks: BlockCatalogue, order: Uint32Array, numberOf: Uint32Array) {
  const surfaceTermStarts = new Uint32Array(order.length + 1);
  const items: number[] = [];
  order.forEach((surface, rank) => {
    for (const term of blocks.termsOfSurface[surface] ?? []) items.push(numberOf[term] ?? 0);
    surfaceTermStarts[rank + 1] = items.length;
  });
  return { surfaceTermStarts, surfaceTerms: Uint32Array.from(items) };
}

function packBlocks(blocks: BlockCatalogue, numberOf: Uint32Array) {
  const { items, starts } = blocks.surfaceSequences;
  const bytes = new GrowingBytes(items.length * 2 + 16);
  const blockStarts = new Uint32Array(starts.length);
  for (let block = 0; block + 1 < starts.length; block += 1) {
    const end = starts[block + 1] ?? 0;
    for (let at = starts[block] ?? 0; at < end; at += 1) bytes.pushVarint(numberOf[items[at] ?? 0] ?? 0);
    blockStarts[block + 1] = bytes.length;
  }
  return { blockBytes: bytes.view, blockStarts };
}

/** Words in alphabetical order without regard to case, for completing and for correcting them. */
function sortWords(blocks: BlockCatalogue, surfaces: RankedSurfaces): Uint32Array {
  return orderByCodePoints(surfaces.texts.map((text) => text.toLowerCase())).filter(
    (rank) => (blocks.termsOfSurface[surfaces.order[rank] ?? 0] ?? []).length > 0,
  );
}
