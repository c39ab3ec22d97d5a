import type { TextAnalyser } from '../analysis/text-analyser.ts';
import { type Field, placeField } from '../index/fields.ts';
import type { IndexPart } from '../index/overlay.ts';
import { findTerm, type Segment } from '../index/segment.ts';
import { findWordPlace, readWord } from '../index/words.ts';
import { codeOfTerm, spellCode } from '../query/read-units.ts';
import type { SnippetPart } from '../search-answer.ts';
import type { WeighedQuery } from './weigh-query.ts';
import { writeSnippet } from './write-snippet.ts';

/** The passage of a document that has most of the query close together. */
export type Passage = {
  readonly block: number;
  /** Share of the query's weight that stands within the window. */
  readonly share: number;
  /** Surfaces of the block from where the window begins. */
  readonly from: number;
};

export type PassageFinder = {
  /** null where no text of the document has a word of the query. */
  find(document: number): Passage | null;
  /** The passage as text, at most about `maxLength` characters, with what was asked for marked. */
  show(document: number, passage: Passage | null, maxLength: number): readonly SnippetPart[];
  /** The whole title, marked likewise. */
  showTitle(document: number): readonly SnippetPart[];
};

/** So many surfaces (words and what stands between them) are looked at together. */
const windowSize = 40;
/** Of a text with more the beginning is looked at. */
const maxMarks = 1024;
const maxTitleLength = 500;
/** What an article says itself shows more than what is said about it. */
const summaryFactor = 0.85;
const readableFields: ReadonlySet<Field> = new Set(['body', 'heading', 'description']);

/** Looks for passages in the documents of one part; each text is looked at once however many documents share it. */
export function createPassageFinder(
  part: IndexPart,
  query: WeighedQuery,
  analyser: TextAnalyser,
): PassageFinder {
  const { segment } = part;
  const marks = markSurfaces(segment, query, analyser);
  const isMarked = (surface: number) => marks.unitOf(surface) !== 0;
  const windows = new Map<number, { weight: number; from: number }>();
  const passages = new Map<number, Passage | null>();
  const snippets = new Map<number, readonly SnippetPart[]>();
  const units = new Uint8Array(maxMarks);
  const places = new Uint32Array(maxMarks);
  const counts = new Uint32Array(256);

  function bestWindow(block: number): { weight: number; from: number } {
    let best = windows.get(block);
    if (!best) {
      best = slideWindow(readMarks(block));
      windows.set(block, best);
    }
    return best;
  }

  /** Writes where units stand in the block; the number of them. */
  function readMarks(block: number): number {
    const { blockBytes, blockStarts } = segment;
    const end = blockStarts[block + 1] ?? 0;
    let at = blockStarts[block] ?? 0;
    let place = 0;
    let count = 0;
    while (at < end && count < units.length) {
      let byte = blockBytes[at++] as number; // within bounds: `at` is below `end`
      let surface = byte & 0x7f;
      for (let shift = 7; byte >= 0x80; shift += 7) {
        byte = blockBytes[at++] as number;
        surface |= (byte & 0x7f) << shift;
      }
      const unit = marks.unitOf(surface);
      if (unit !== 0) {
        units[count] = unit;
        places[count] = place;
        count += 1;
      }
      place += 1;
    }
    return count;
  }

  function slideWindow(count: number): { weight: number; from: number } {
    let best = { weight: 0, from: 0 };
    let weight = 0;
    let first = 0;
    for (let last = 0; last < count; last += 1) {
      const unit = units[last] ?? 0;
      if (counts[unit] === 0) weight += marks.weightOf(unit);
      counts[unit] = (counts[unit] ?? 0) + 1;
      while ((places[last] ?? 0) - (places[first] ?? 0) >= windowSize) {
        const left = units[first] ?? 0;
        counts[left] = (counts[left] ?? 0) - 1;
        if (counts[left] === 0) weight -= marks.weightOf(left);
        first += 1;
      }
      if (weight > best.weight + 1e-9) best = { weight, from: places[first] ?? 0 };
    }
    counts.fill(0);
    return best;
  }

  /** Documents share texts: each is written once. */
  function write(passage: Passage | null, maxLength: number): readonly SnippetPart[] {
    if (passage === null) return [];
    let snippet = snippets.get(passage.block);
    if (!snippet) {
      snippet = writeSnippet(segment, passage, { maxLength, isMarked });
      snippets.set(passage.block, snippet);
    }
    return snippet;
  }

  return {
    find(document) {
      const known = passages.get(document);
      if (known !== undefined) return known;
      let best: Passage | null = null;
      const end = segment.placeStarts[document + 1] ?? 0;
      for (let at = segment.placeStarts[document] ?? 0; at < end; at += 1) {
        if (!readableFields.has(placeField(segment.places[at] ?? 0))) continue;
        const block = segment.placeBlocks[at] ?? 0;
        const { weight, from } = bestWindow(block);
        const isSummary = placeField(segment.places[at] ?? 0) === 'description';
        const share = (weight / (query.totalWeight || 1)) * (isSummary ? summaryFactor : 1);
        if (share > (best?.share ?? 0)) best = { block, share, from };
      }
      passages.set(document, best);
      return best;
    },
    show(document, passage, maxLength) {
      return write(passage ?? firstText(segment, document, ['description', 'body']), maxLength);
    },
    showTitle: (document) => write(firstText(segment, document, ['title']), maxTitleLength),
  };
}

/** The first text of the first field that has one. */
function firstText(segment: Segment, document: number, wantedFields: readonly Field[]): Passage | null {
  const end = segment.placeStarts[document + 1] ?? 0;
  for (const wanted of wantedFields) {
    for (let at = segment.placeStarts[document] ?? 0; at < end; at += 1) {
      if (placeField(segment.places[at] ?? 0) === wanted)
        return { block: segment.placeBlocks[at] ?? 0, share: 0, from: 0 };
    }
  }
  return null;
}

type SurfaceMarks = {
  /** The number of the unit that a word belongs to, from 1; 0 for none. */
  unitOf(surface: number): number;
  weightOf(unit: number): number;
};

/** Says of each surface which unit of the query it shows: by its terms, and codes by their spellings. */
function markSurfaces(segment: Segment, query: WeighedQuery, analyser: TextAnalyser): SurfaceMarks {
  const { surfaceTermStarts, surfaceTerms } = segment;
  const unitOfTerm = new Uint8Array(segment.frequencies.length);
  const unitOfSurface = new Map<number, number>();
  query.units.slice(0, 255).forEach((unit, at) => {
    const number = at + 1;
    const words = unit.words.map(({ term }) => term);
    const full = words.filter((term) => analyser.classOf(term) !== 'function');
    const own = full.length === 0 && query.units.length === 1 ? words : full;
    for (const term of [...own, ...listTellingWords(unit.name, analyser)]) {
      const found = findTerm(segment, term);
      if (found >= 0 && unitOfTerm[found] === 0) unitOfTerm[found] = number;
    }
    for (const term of [unit.name ?? '', ...unit.boosts.map((boost) => boost.term)]) {
      const code = findTerm(segment, term) < 0 ? null : codeOfTerm(term);
      for (const spelling of code === null ? [] : spellCode(code)) {
        for (const surface of findSpellings(segment, spelling)) unitOfSurface.set(surface, number);
      }
    }
  });
  const hasSurfaces = unitOfSurface.size > 0;
  return {
    unitOf(surface) {
      const end = surfaceTermStarts[surface + 1] as number; // a surface of this segment
      for (let at = surfaceTermStarts[surface] as number; at < end; at += 1) {
        const unit = unitOfTerm[surfaceTerms[at] as number] as number;
        if (unit !== 0) return unit;
      }
      return hasSurfaces ? (unitOfSurface.get(surface) ?? 0) : 0;
    },
    weightOf: (unit) => query.units[unit - 1]?.weight ?? 0,
  };
}

/** Words of the other names of a thing; of "log in" neither, since each by itself says something else. */
function listTellingWords(name: string | null, analyser: TextAnalyser): string[] {
  if (name === null) return [];
  return analyser.names.listNames(name).flatMap((sequence) => {
    const full = sequence.filter((term) => analyser.classOf(term) === 'full');
    return full.length >= 2 || sequence.length === 1 ? full : [];
  });
}

/** The surfaces that are this word, in any case of letters. */
function findSpellings(segment: Segment, folded: string): number[] {
  const found: number[] = [];
  for (let place = findWordPlace(segment, folded); place < segment.wordOrder.length; place += 1) {
    if (readWord(segment, place) !== folded) break;
    found.push(segment.wordOrder[place] ?? 0);
  }
  return found;
}
