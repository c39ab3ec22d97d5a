import type { TextAnalyser, WordClass } from '../analysis/text-analyser.ts';
import { addBit, type Bits, countBits, createBits, hasBit } from './bits.ts';
import { flagRetired } from './fields.ts';
import { collectLinkNames, type LinkNames, type LivePart } from './link-names.ts';
import { openArrays, packArrays } from './packed-arrays.ts';
import { findTerm, openSegment, type Segment } from './segment.ts';
import { readString } from './string-table.ts';

/** What belongs to a segment and yet depends on the others: made anew whenever their set changes. */
export type Overlay = {
  readonly buffer: SharedArrayBuffer;
  /** Documents that were not replaced since. */
  readonly live: Bits;
  /** For each term how much it says, over all segments of the language. */
  readonly weights: Float32Array;
  readonly links: LinkNames;
  /** The same as `weights` for the terms of the links. */
  readonly linkWeights: Float32Array;
};

/** A segment with its overlay. */
export type IndexPart = {
  readonly segment: Segment;
  readonly overlay: Overlay;
  /** Retired documents: nearly every query leaves them out. */
  readonly retired: Bits;
  /** UTC year of each document's last change. */
  readonly years: Uint16Array;
};

/** How much a term of a class says beside one of class `full`. */
const classFactors = { function: 0.15, light: 0.6, full: 1 } as const;

/** Makes the overlays of all segments of an index. */
export function makeOverlays(
  parts: readonly LivePart[],
  analyserOf: (language: string) => TextAnalyser,
): SharedArrayBuffer[] {
  const weights = weighTerms(parts, analyserOf);
  return collectLinkNames(parts, analyserOf).map((links, at) =>
    packArrays({
      live: parts[at]?.live ?? new Uint32Array(0),
      weights: weights[at] ?? new Float32Array(0),
      linkTermBytes: links.terms.bytes,
      linkTermStarts: links.terms.starts,
      linkWeights: weighLinks(links, parts[at]?.segment.language ?? '', parts, weights),
      linkListStarts: links.listStarts,
      linkList: links.list,
      linkNameStarts: links.sequences.starts,
      linkNames: links.sequences.items,
      linkDocumentStarts: links.documentStarts,
      linkDocuments: links.documents,
    }),
  );
}

/** Opens a segment and its overlay in place. */
export function openPart(segment: SharedArrayBuffer, overlay: SharedArrayBuffer): IndexPart {
  const get = openArrays(overlay);
  const numbers = (name: string) => get(name, Uint32Array);
  const opened = openSegment(segment);
  return {
    segment: opened,
    retired: listRetired(opened),
    years: Uint16Array.from(opened.changedAt, yearOf),
    overlay: {
      buffer: overlay,
      live: numbers('live'),
      weights: get('weights', Float32Array),
      linkWeights: get('linkWeights', Float32Array),
      links: {
        terms: { bytes: get('linkTermBytes', Uint8Array), starts: numbers('linkTermStarts') },
        listStarts: numbers('linkListStarts'),
        list: numbers('linkList'),
        sequences: { items: numbers('linkNames'), starts: numbers('linkNameStarts') },
        documentStarts: numbers('linkDocumentStarts'),
        documents: numbers('linkDocuments'),
      },
    },
  };
}

/** Words of links stand in the document that links, which may be in another segment. */
function weighLinks(
  { terms }: LinkNames,
  language: string,
  parts: readonly LivePart[],
  weights: readonly Float32Array[],
): Float32Array {
  return Float32Array.from({ length: terms.starts.length - 1 }, (_, number) => {
    const text = readString(terms, number);
    for (const [index, { segment }] of parts.entries()) {
      const term = segment.language === language ? findTerm(segment, text) : -1;
      if (term >= 0) return weights[index]?.[term] ?? 0;
    }
    return 0;
  });
}

function listRetired({ flags, documentCount }: Segment): Bits {
  const bits = createBits(documentCount);
  flags.forEach((each, document) => {
    if ((each & flagRetired) !== 0) addBit(bits, document);
  });
  return bits;
}

const yearOf = (instant: number) => new Date(instant).getUTCFullYear();

/**
 * How much a term says that is in `frequency` of `documents`: BM25's inverse document frequency in the form that is
 * never negative, ln(1 + (N - n + 0.5) / (n + 0.5)), less for weak words. Single precision, as it is kept.
 */
export function weighTerm(documents: number, frequency: number, wordClass: WordClass): number {
  const inverse = Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
  return Math.fround(inverse * classFactors[wordClass]);
}

function weighTerms(
  parts: readonly LivePart[],
  analyserOf: (language: string) => TextAnalyser,
): Float32Array[] {
  const frequencies = parts.map(countLiveDocuments);
  const languages = new Set(parts.map(({ segment }) => segment.language));
  const weights = parts.map(({ segment }) => new Float32Array(segment.frequencies.length));
  for (const language of languages) {
    const same = parts.flatMap((part, at) => (part.segment.language === language ? [at] : []));
    const documents = same.reduce((sum, at) => sum + countBits(parts[at]?.live ?? new Uint32Array(0)), 0);
    const { weakTerms } = analyserOf(language);
    const totals = same.length > 1 ? addUp(same.map((at) => [parts[at], frequencies[at]])) : null;
    for (const at of same) {
      const segment = parts[at]?.segment;
      const own = frequencies[at];
      const target = weights[at];
      if (!segment || !own || !target) continue;
      for (let term = 0; term < target.length; term += 1) {
        const text = readString(segment.terms, term);
        const frequency = totals?.get(text) ?? own[term] ?? 0;
        target[term] = weighTerm(documents, frequency, weakTerms.get(text) ?? 'full');
      }
    }
  }
  return weights;
}

function addUp(
  parts: readonly (readonly [LivePart | undefined, Uint32Array | undefined])[],
): Map<string, number> {
  const totals = new Map<string, number>();
  for (const [part, frequencies] of parts) {
    frequencies?.forEach((frequency, term) => {
      if (!part) return;
      const text = readString(part.segment.terms, term);
      totals.set(text, (totals.get(text) ?? 0) + frequency);
    });
  }
  return totals;
}

/** In how many of the documents that still count each term is. */
function countLiveDocuments({ segment, live }: LivePart): Uint32Array {
  if (countBits(live) === segment.documentCount) return segment.frequencies;
  const { postingBytes, postingStarts } = segment;
  const counts = new Uint32Array(segment.frequencies.length);
  for (let term = 0; term < counts.length; term += 1) {
    const end = postingStarts[term + 1] ?? 0;
    let document = -1;
    let count = 0;
    for (let at = postingStarts[term] ?? 0; at < end; at += 1) {
      let gap = 0;
      let shift = 0;
      let byte = 0x80;
      while (byte >= 0x80) {
        byte = postingBytes[at] ?? 0;
        gap |= (byte & 0x7f) << shift;
        shift += 7;
        at += 1;
      }
      document += gap + 1;
      if (hasBit(live, document)) count += 1;
    }
    counts[term] = count;
  }
  return counts;
}
