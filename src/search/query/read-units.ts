import {
  findErrorsByName,
  formatErrorCode,
  parseErrorCode,
} from '../../knowledge/identifiers/error-codes.ts';
import { canonicalKbNumber } from '../../knowledge/identifiers/kb-numbers.ts';
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

/** Takes a run of words apart into what it asks for. */
export function readUnits(run: string, analyser: TextAnalyser): WordUnit[] {
  const text = run.toWellFormed();
  const { words, terms, wordOf, extras } = analyser.analyse(text);
  const offsets = terms.map((_, at) => {
    const word = wordOf[at] ?? 0;
    return { start: words.starts[word] ?? 0, end: words.ends[word] ?? 0 };
  });
  const spans = chooseSpans([
    ...extras.filter(({ term }) => !term.startsWith('=n')).map((extra) => readExtra(extra, offsets, text)),
    ...analyser.names.findLongest(terms).map((mention) => ({ ...mention, unit: readName(mention.term) })),
    ...terms.map((term, at) => ({ at, length: 1, unit: readWord(term, analyser) })),
  ]);
  return spans.map(({ at, length, unit }) => ({
    ...unit,
    label: text.slice(offsets[at]?.start, offsets[at + length - 1]?.end),
    words: terms.slice(at, at + length),
  }));
}

const precedence = ['code', 'number', 'name', 'compound', 'word'];

/** Spans that cover the run without overlap: codes before names before compounds before words. */
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

function readWord(term: string, analyser: TextAnalyser): Span['unit'] {
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

function readName(term: string): Span['unit'] {
  return { kind: 'name', weight: 'full', wholes: [term], boosts: [] };
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
