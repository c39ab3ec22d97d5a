import {
  findErrorsByName,
  formatErrorCode,
  parseErrorCode,
} from '../../knowledge/identifiers/error-codes.ts';
import { canonicalKbNumber } from '../../knowledge/identifiers/kb-numbers.ts';
import type { NameMention } from '../analysis/name-matcher.ts';
import { codeTerm, kbTerm, ownIdTerm } from '../analysis/special-terms.ts';
import type { TextAnalyser, WordClass } from '../analysis/text-analyser.ts';
import { widenCode } from './read-filter.ts';

/** A piece of a run of words, before it is asked of documents. */
export type WordUnit = {
  readonly label: string;
  readonly words: readonly string[];
  readonly kind: 'word' | 'compound' | 'name' | 'code' | 'number';
  readonly weight: WordClass;
  /** Terms any of which shows the unit as a whole: a compound, a code in all spellings, a name in all forms. */
  readonly wholes: readonly string[];
  readonly boosts: readonly { readonly term: string; readonly add: number }[];
};

type Span = {
  readonly at: number;
  readonly length: number;
  readonly unit: Omit<WordUnit, 'label' | 'words'>;
};

/** An article whose own number or id is asked for stands above all others, one that has the code above words. */
const boostOwnId = 10;
const boostExact = 3;
const boostSpelling = 0.5;
const boostEqual = 1;
const boostCompound = 0.5;

/** Takes runs of words apart into what they ask for; remembers the words that it saw. */
export type UnitReader = {
  readRun(run: string): readonly WordUnit[];
  /** The unit of one word, a name of one word included; null where the text is more than that. */
  readWord(text: string): WordUnit | null;
};

/** What one piece without spaces asks for by itself. */
type Piece = {
  readonly terms: readonly string[];
  readonly units: readonly WordUnit[];
  /** The only unit, a name of one word included; null where there are more. */
  readonly single: WordUnit | null;
};

const maxKnownPieces = 200_000;

export function createUnitReader(analyser: TextAnalyser): UnitReader {
  const known = new Map<string, Piece>();

  function readPiece(text: string): Piece {
    let piece = known.get(text);
    if (!piece) {
      if (known.size >= maxKnownPieces) known.clear();
      const { terms, units } = readSpans(text, analyser);
      const joined = joinNames(units, analyser.names.findLongest(terms));
      piece = { terms, units, single: joined.length === 1 ? (joined[0] ?? null) : null };
      known.set(text, piece);
    }
    return piece;
  }

  return {
    readRun(run) {
      const pieces = joinPrefixes(run.toWellFormed().split(/\s+/)).map(readPiece);
      const units = pieces.flatMap((piece) => piece.units);
      const names = analyser.names.findLongest(pieces.flatMap((piece) => piece.terms));
      return names.length === 0 ? units : joinNames(units, names);
    },
    readWord(text) {
      const { single, terms } = readPiece(text);
      return terms.length === 1 ? single : null;
    },
  };
}

/** "KB 910336" is one piece. */
function joinPrefixes(pieces: readonly string[]): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    if (piece === '') continue;
    const before = joined.at(-1) ?? '';
    const isNumber = /^(?:kb|q)$/i.test(before) && /^\d{5,7}\b/.test(piece);
    if (isNumber) joined[joined.length - 1] = `${before} ${piece}`;
    else joined.push(piece);
  }
  return joined;
}

/** Units that together are a name become one; a name that would cut a unit in two is none here. */
function joinNames(units: readonly WordUnit[], names: readonly NameMention[]): WordUnit[] {
  const joined: WordUnit[] = [];
  let at = 0;
  let index = 0;
  while (index < units.length) {
    const mention = names.find((name) => name.at === at);
    const covered = mention ? coverExactly(units, index, mention.length) : 0;
    const own = units.slice(index, index + Math.max(1, covered));
    const isFirm = own.some(({ kind }) => kind === 'code' || kind === 'number');
    if (mention && covered > 0 && !isFirm) {
      joined.push({
        kind: 'name',
        label: own.map(({ label }) => label).join(' '),
        words: own.flatMap(({ words }) => words),
        weight: 'full',
        wholes: [mention.term],
        boosts: own.flatMap(({ boosts }) => boosts),
      });
    } else joined.push(...own);
    index += own.length;
    at += own.reduce((sum, { words }) => sum + words.length, 0);
  }
  return joined;
}

/** How many units from `first` on have exactly so many words together; 0: none. */
function coverExactly(units: readonly WordUnit[], first: number, words: number): number {
  let sum = 0;
  for (let at = first; at < units.length && sum < words; at += 1) {
    sum += units[at]?.words.length ?? 0;
    if (sum === words) return at - first + 1;
  }
  return 0;
}

function readSpans(text: string, analyser: TextAnalyser): { terms: readonly string[]; units: WordUnit[] } {
  const { words, terms, wordOf, extras } = analyser.analyse(text);
  const [only] = terms;
  // As below, without the detour: nearly all pieces are a word.
  if (only !== undefined && terms.length === 1 && extras.every(isName)) {
    const label = text.slice(words.starts[0], words.ends[0]);
    return { terms, units: [{ ...readTerm(only, analyser), label, words: terms }] };
  }
  const offsets = terms.map((_, at) => {
    const word = wordOf[at] ?? 0;
    return { start: words.starts[word] ?? 0, end: words.ends[word] ?? 0 };
  });
  const spans = chooseSpans([
    ...extras.filter((extra) => !isName(extra)).map((extra) => readExtra(extra, offsets, text)),
    ...terms.map((term, at) => ({ at, length: 1, unit: readTerm(term, analyser) })),
  ]);
  const units = spans.map(({ at, length, unit }) => ({
    ...unit,
    label: text.slice(offsets[at]?.start, offsets[at + length - 1]?.end),
    words: terms.slice(at, at + length),
  }));
  return { terms, units };
}

const isName = ({ term }: { term: string }) => term.startsWith('=n');

const precedence = ['code', 'number', 'compound', 'word'];

/** Spans that cover the text without overlap: codes before compounds before words. */
function chooseSpans(spans: readonly Span[]): Span[] {
  const taken = new Set<number>();
  const chosen = spans
    .toSorted((a, b) => precedence.indexOf(a.unit.kind) - precedence.indexOf(b.unit.kind) || a.at - b.at)
    .filter(({ at, length }) => {
      const places = Array.from({ length }, (_, index) => at + index);
      if (places.some((place) => taken.has(place))) return false;
      for (const place of places) taken.add(place);
      return true;
    });
  return chosen.sort((a, b) => a.at - b.at);
}

function readTerm(term: string, analyser: TextAnalyser): Span['unit'] {
  if (/^\d+$/.test(term)) {
    const number = canonicalKbNumber(term);
    if (number !== null) return readNumber(number);
    // In a text eight digits are a date or a setting as often as a code; who asks for them may mean either.
    const code = term.length === 8 ? parseErrorCode(term) : null;
    if (code !== null) return { ...readCode(code), wholes: [...readCode(code).wholes, term] };
  }
  return { kind: 'word', weight: analyser.classOf(term), wholes: [term], boosts: [] };
}

/** Any way of writing a knowledge base number; also the bare digits, which may be another number. */
function readNumber(number: string): Span['unit'] {
  const digits = number.slice(2);
  return {
    kind: 'number',
    weight: 'full',
    wholes: [kbTerm(number), ownIdTerm(number), digits, `kb${digits}`],
    boosts: [
      { term: ownIdTerm(number), add: boostOwnId },
      { term: kbTerm(number), add: boostExact },
    ],
  };
}

function readExtra(
  { term, at, length }: { term: string; at: number; length: number },
  offsets: readonly { start: number; end: number }[],
  text: string,
): Span {
  if (term.startsWith('=c')) return { at, length, unit: readCode(Number.parseInt(term.slice(2), 16)) };
  if (term.startsWith('=k')) return { at, length, unit: readNumber(`KB${term.slice(2)}`) };
  const named = findErrorsByName(term);
  if (named[0]) return { at, length, unit: readCode(named[0].code, term) };
  const written = text.slice(offsets[at]?.start, offsets[at + length - 1]?.end);
  const ownId = /\d/.test(written) ? [{ term: ownIdTerm(written), add: boostOwnId }] : [];
  return {
    at,
    length,
    unit: {
      kind: 'compound',
      weight: 'full',
      wholes: [term, ...ownId.map((boost) => boost.term)],
      boosts: [{ term, add: boostCompound }, ...ownId],
    },
  };
}

/** A code in all spellings, under its names, and the codes that mean the same error. */
function readCode(code: number, name?: string): Span['unit'] {
  const { codes, names } = widenCode(code);
  const literal = formatErrorCode(code).toLowerCase();
  const exact = name ?? codeTerm(code);
  const others = [...codes.map(codeTerm), ...names].filter((term) => term !== exact);
  return {
    kind: 'code',
    weight: 'full',
    wholes: [exact, ...others],
    boosts: [
      { term: exact, add: boostExact },
      { term: literal, add: boostSpelling },
      ...others.map((term) => ({ term, add: boostEqual })),
    ],
  };
}

/** How a code may be spelled as one word, for looking it up where only words are kept. */
export function spellCode(code: number): string[] {
  const hex = formatErrorCode(code).slice(2).toLowerCase();
  const short = hex.replace(/^0+(?=.)/, '');
  const signed = code >= 0x80000000 ? [String(0x100000000 - code), String(code)] : [];
  return [...new Set([`0x${hex}`, hex, `0x${short}`, ...signed])];
}

/** The code that a term stands for, or null. */
export function codeOfTerm(term: string): number | null {
  return term.startsWith('=c') ? parseErrorCode(term.slice(2)) : null;
}
