import { openArrays } from './packed-arrays.ts';
import { encodeText, findString, lowerBound, readString, type StringTable } from './string-table.ts';

/** An immutable piece of the index: documents of one language. Numbers of documents count within it. */
export type Segment = {
  readonly buffer: SharedArrayBuffer;
  /** The most frequent surfaces as strings, as far as they were read. */
  readonly surfaceTexts: string[];
  /** Terms that were looked up lately and their numbers: one query asks for the same ones again and again. */
  readonly lookups: Map<string, number>;
  readonly language: string;
  readonly documentCount: number;

  readonly terms: StringTable;
  /** In how many documents each term is. */
  readonly frequencies: Uint32Array;
  /** For each term pairs of a varint (how many documents were passed over) and an impact of 1 to 255. */
  readonly postingBytes: Uint8Array;
  readonly postingStarts: Uint32Array;

  /** Words and what stands between them, as written, the most frequent first. */
  readonly surfaces: StringTable;
  /** The terms of each word; what stands between words has none. */
  readonly surfaceTermStarts: Uint32Array;
  readonly surfaceTerms: Uint32Array;
  /** Words in alphabetical order without regard to case. */
  readonly wordOrder: Uint32Array;
  /** Texts as varints of surfaces. */
  readonly blockBytes: Uint8Array;
  readonly blockStarts: Uint32Array;

  /** The texts of each document and where in it they stand (fields.ts). */
  readonly placeStarts: Uint32Array;
  readonly placeBlocks: Uint32Array;
  readonly places: Uint8Array;

  readonly articleIds: Float64Array;
  readonly sourceIds: Uint32Array;
  /** Milliseconds. */
  readonly changedAt: Float64Array;
  readonly createdAt: Float64Array;
  readonly reviewedDays: Int32Array;
  readonly flags: Uint8Array;
  /** A bit for each kind of section. */
  readonly sections: Uint16Array;
  readonly technologyStarts: Uint32Array;
  readonly technologies: Uint32Array;

  /** The names of each document, their kinds, and what they say (name-catalogue.ts). */
  readonly nameListStarts: Uint32Array;
  readonly nameList: Uint32Array;
  readonly nameKinds: Uint8Array;
  readonly nameStarts: Uint32Array;
  readonly names: Uint32Array;

  /** What each document calls others: numbers of strings. */
  readonly linkStarts: Uint32Array;
  readonly linkTexts: Uint32Array;
  readonly linkTargets: Uint32Array;
  readonly strings: StringTable;
  readonly keys: Uint32Array;
  readonly urls: Uint32Array;
};

const maxLookups = 20_000;
const maxSurfaceTexts = 16_384;

/** Opens a packed segment in place. Throws when the buffer is none. */
export function openSegment(buffer: SharedArrayBuffer): Segment {
  const get = openArrays(buffer);
  const bytes = (name: string) => get(name, Uint8Array);
  const numbers = (name: string) => get(name, Uint32Array);
  const doubles = (name: string) => get(name, Float64Array);
  const table = (name: string) => ({ bytes: bytes(`${name}Bytes`), starts: numbers(`${name}Starts`) });
  const articleIds = doubles('articleIds');
  return {
    buffer,
    surfaceTexts: [],
    lookups: new Map(),
    language: new TextDecoder().decode(bytes('language').slice()),
    documentCount: articleIds.length,
    terms: table('term'),
    frequencies: numbers('frequencies'),
    postingBytes: bytes('postingBytes'),
    postingStarts: numbers('postingStarts'),
    surfaces: table('surface'),
    surfaceTermStarts: numbers('surfaceTermStarts'),
    surfaceTerms: numbers('surfaceTerms'),
    wordOrder: numbers('wordOrder'),
    blockBytes: bytes('blockBytes'),
    blockStarts: numbers('blockStarts'),
    placeStarts: numbers('placeStarts'),
    placeBlocks: numbers('placeBlocks'),
    places: bytes('places'),
    articleIds,
    sourceIds: numbers('sourceIds'),
    changedAt: doubles('changedAt'),
    createdAt: doubles('createdAt'),
    reviewedDays: get('reviewedDays', Int32Array),
    flags: bytes('flags'),
    sections: get('sections', Uint16Array),
    technologyStarts: numbers('technologyStarts'),
    technologies: numbers('technologies'),
    nameListStarts: numbers('nameListStarts'),
    nameList: numbers('nameList'),
    nameKinds: bytes('nameKinds'),
    nameStarts: numbers('nameStarts'),
    names: numbers('names'),
    linkStarts: numbers('linkStarts'),
    linkTexts: numbers('linkTexts'),
    linkTargets: numbers('linkTargets'),
    strings: table('string'),
    keys: numbers('keys'),
    urls: numbers('urls'),
  };
}

/** The number of a term; -1 where no document has it. */
export function findTerm({ terms, lookups }: Segment, term: string): number {
  let found = lookups.get(term);
  if (found === undefined) {
    if (lookups.size >= maxLookups) lookups.clear();
    found = findString(terms, term);
    lookups.set(term, found);
  }
  return found;
}

/** Terms that begin so: from the first to before the second number. */
export function findTermsFrom({ terms }: Segment, beginning: string): [number, number] {
  const wanted = encodeText(beginning);
  const last = wanted.slice();
  // The first string behind all that begin so: the beginning with its last byte raised (UTF-8 has no byte 0xff).
  if (last.length === 0) return [0, terms.starts.length - 1];
  last[last.length - 1] = (last[last.length - 1] ?? 0) + 1;
  return [lowerBound(terms, wanted), lowerBound(terms, last)];
}

/** A word, or what stands between words, as written. */
export function readSurface({ surfaces, surfaceTexts }: Segment, surface: number): string {
  if (surface >= maxSurfaceTexts) return readString(surfaces, surface);
  let text = surfaceTexts[surface];
  if (text === undefined) {
    text = readString(surfaces, surface);
    surfaceTexts[surface] = text;
  }
  return text;
}

/** The text of a block as it was. */
export function readBlock(segment: Segment, block: number): string {
  let text = '';
  let isAfterWord = false;
  forEachSurface(segment, block, (surface, isWord) => {
    if (isWord && isAfterWord) text += ' ';
    text += readSurface(segment, surface);
    isAfterWord = isWord;
  });
  return text;
}

/** The title of a document: the first of its texts. */
export function readTitle(segment: Segment, document: number): string {
  return readBlock(segment, segment.placeBlocks[segment.placeStarts[document] ?? 0] ?? 0);
}

/** Calls `visit` with each surface of a block, in order. */
export function forEachSurface(
  segment: Segment,
  block: number,
  visit: (surface: number, isWord: boolean) => void,
): void {
  const { blockBytes, blockStarts, surfaceTermStarts } = segment;
  const end = blockStarts[block + 1] ?? 0;
  let at = blockStarts[block] ?? 0;
  while (at < end) {
    let surface = 0;
    let shift = 0;
    let byte = 0x80;
    while (byte >= 0x80) {
      byte = blockBytes[at] ?? 0;
      surface |= (byte & 0x7f) << shift;
      shift += 7;
      at += 1;
    }
    visit(surface, surfaceTermStarts[surface] !== surfaceTermStarts[surface + 1]);
  }
}
