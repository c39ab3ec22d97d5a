import type { SpelledText } from '../analysis/scan-text.ts';
import type { TextAnalyser } from '../analysis/text-analyser.ts';
import { GrowingBytes, GrowingNumbers } from './growing-array.ts';
import { Interner } from './interner.ts';
import { WordTable } from './word-table.ts';

/** Words between quotation marks, most of all messages of programs. */
const quotation = /["“„«]([^"“”„«»\n]{10,400})["”»]/g;

/**
 * The different texts of an index, each analysed and kept once however many articles have it: knowledge bases repeat
 * themselves, and a new revision of an article mostly consists of what the last one said.
 */
export class BlockCatalogue {
  readonly terms = new Interner();
  readonly surfaces = new WordTable();
  /** For each surface the terms of its words; none for what stands between words. */
  readonly termsOfSurface: (readonly number[])[] = [];
  readonly #textsOfSurface: (readonly string[])[] = [];
  /** For each surface its only term plus one, as nearly all have; 0 where it has none or several. */
  readonly #onlyTerms = new GrowingNumbers();
  /** 1 where a name may begin with the surface, which few do. */
  readonly #beginsName = new GrowingBytes();
  /** For each surface of one term with which names begin: the terms of the names that are no longer than it. */
  readonly #namesAlone: (readonly number[] | undefined)[] = [];
  readonly #analyser: TextAnalyser;
  readonly #blocks = new Map<string, number>();
  readonly #surfaces = new GrowingNumbers();
  readonly #surfaceStarts = new GrowingNumbers();
  readonly #entries = new GrowingNumbers();
  readonly #entryStarts = new GrowingNumbers();
  readonly #lengths = new GrowingNumbers();
  /** Surfaces of short separators, plus one. */
  readonly #separators = new Uint32Array(1 << 14);
  /** The surfaces of the words of the block at hand. */
  readonly #words = new GrowingNumbers();
  readonly #ahead: string[] = [];
  /** For each term its place among the entries of the block at hand, plus one. */
  #entryOf = new Uint32Array(1024);

  constructor(analyser: TextAnalyser) {
    this.#analyser = analyser;
    this.#surfaceStarts.push(0);
    this.#entryStarts.push(0);
  }

  /** The number of the block with this text. */
  add(text: string): number {
    let block = this.#blocks.get(text);
    if (block === undefined) {
      block = this.#blocks.size;
      this.#blocks.set(text, block);
      this.#analyse(text.toWellFormed());
    }
    return block;
  }

  get count(): number {
    return this.#blocks.size;
  }

  /** Length in words. */
  lengthOf(block: number): number {
    return this.#lengths.at(block);
  }

  /** Surfaces of all blocks, one after the other, and where each block's begin. */
  get surfaceSequences(): { items: Uint32Array; starts: Uint32Array } {
    return { items: this.#surfaces.view, starts: this.#surfaceStarts.view };
  }

  /** Pairs of a term and its count (low 16 bits: all, high 16 bits: within quotation marks), and where each block's begin. */
  get termCounts(): { items: Uint32Array; starts: Uint32Array } {
    return { items: this.#entries.view, starts: this.#entryStarts.view };
  }

  #analyse(text: string): void {
    const words = this.#analyser.scan(text);
    const { starts, ends, hashes, count } = words;
    const isQuoted = findQuotedWords(text, words);
    const first = this.#entries.length;
    this.#words.length = 0;
    let length = 0;
    let mayHaveNames = false;
    let end = 0;
    for (let word = 0; word < count; word += 1) {
      const start = starts[word] as number; // the arrays are as long as there are words
      if (end !== start) this.#addSeparator(words, end, start);
      end = ends[word] as number;
      const surface = this.#addWord(words, start, end, hashes[word] as number);
      length += this.#countWord(surface, isQuoted !== null && isQuoted[word] === 1, first);
      if (this.#beginsName.at(surface) === 1) mayHaveNames = true;
    }
    this.#addSeparator(words, end, text.length);
    this.#surfaceStarts.push(this.#surfaces.length);
    for (const special of this.#analyser.findSpecials(text, words)) {
      this.#count(this.terms.idOf(special.term), isQuoted?.[special.first] === 1, first);
    }
    if (mayHaveNames) this.#countNames(isQuoted, first);
    this.#forgetEntries(first);
    this.#entryStarts.push(this.#entries.length);
    this.#lengths.push(length);
  }

  /** Counts the terms of a word; how many there are. */
  #countWord(surface: number, isQuoted: boolean, first: number): number {
    const only = this.#onlyTerms.at(surface);
    if (only !== 0) {
      this.#count(only - 1, isQuoted, first);
      return 1;
    }
    const ids = this.termsOfSurface[surface] ?? none;
    for (const id of ids) this.#count(id, isQuoted, first);
    return ids.length;
  }

  #countNames(isQuoted: Uint8Array | null, first: number): void {
    const { names } = this.#analyser;
    for (let word = 0; word < this.#words.length; word += 1) {
      const surface = this.#words.at(word);
      if (this.#beginsName.at(surface) === 0) continue;
      const alone = this.#namesAlone[surface];
      if (alone !== undefined && !this.#isContinued(word)) {
        for (const id of alone) this.#count(id, isQuoted?.[word] === 1, first);
        continue;
      }
      const ahead = this.#readAhead(word, names.longest);
      const own = this.#textsOfSurface[surface]?.length ?? 0;
      for (let at = 0; at < own; at += 1) {
        for (const term of names.findAt(ahead, at)) {
          this.#count(this.terms.idOf(term), isQuoted?.[word] === 1, first);
        }
      }
    }
  }

  /** Whether a name begins with this word and the next one. */
  #isContinued(word: number): boolean {
    if (word + 1 >= this.#words.length) return false;
    const [own] = this.#textsOfSurface[this.#words.at(word)] ?? none;
    const [next] = this.#textsOfSurface[this.#words.at(word + 1)] ?? none;
    return own !== undefined && next !== undefined && this.#analyser.names.beginsWith(own, next);
  }

  /** The terms from a word on, at least so many as far as there are. Valid until the next call. */
  #readAhead(from: number, least: number): readonly string[] {
    const terms = this.#ahead;
    terms.length = 0;
    for (let word = from; word < this.#words.length && terms.length <= least; word += 1) {
      for (const term of this.#textsOfSurface[this.#words.at(word)] ?? none) terms.push(term);
    }
    return terms;
  }

  #count(id: number, isQuoted: boolean, first: number): void {
    if (id >= this.#entryOf.length) {
      const larger = new Uint32Array(Math.max(this.#entryOf.length * 2, id + 1));
      larger.set(this.#entryOf);
      this.#entryOf = larger;
    }
    const known = this.#entryOf[id] ?? 0;
    if (known === 0) {
      this.#entries.push(id);
      this.#entries.push(isQuoted ? 0x10001 : 1);
      this.#entryOf[id] = this.#entries.length - first;
      return;
    }
    const count = this.#entries.at(first + known - 1);
    if ((count & 0xffff) < 0xffff) this.#entries.set(first + known - 1, count + (isQuoted ? 0x10001 : 1));
  }

  #forgetEntries(first: number): void {
    for (let at = first; at < this.#entries.length; at += 2) this.#entryOf[this.#entries.at(at)] = 0;
  }

  /** A single space between two words goes without saying. */
  #addSeparator(words: SpelledText, start: number, end: number): void {
    if (start === end) return;
    const { text, characters } = words;
    const isSpace = end - start === 1 && characters[start] === 32 && start > 0 && end < text.length;
    if (isSpace) return;
    this.#surfaces.push(this.#separatorOf(words, start, end));
  }

  /** Nearly all separators are one or two ASCII characters: those are looked up by their codes. */
  #separatorOf(words: SpelledText, start: number, end: number): number {
    const first = words.characters[start] as number; // a separator has a character at least
    const second = end - start === 2 ? (words.characters[start + 1] as number) : 0;
    const isShort = end - start <= 2 && first < 128 && second < 128;
    const known = isShort ? (this.#separators[(first << 7) | second] ?? 0) : 0;
    if (known !== 0) return known - 1;
    const surface = this.surfaces.idOf(words, start, end, hashOf(words.characters, start, end));
    if (this.termsOfSurface[surface] === undefined) this.#learn(surface, none);
    if (isShort) this.#separators[(first << 7) | second] = surface + 1;
    return surface;
  }

  #addWord(words: SpelledText, start: number, end: number, hash: number): number {
    const surface = this.surfaces.idOf(words, start, end, hash);
    if (this.termsOfSurface[surface] === undefined) {
      this.#learn(surface, this.#analyser.analyseWord(words.text.slice(start, end)));
    }
    this.#surfaces.push(surface);
    this.#words.push(surface);
    return surface;
  }

  #learn(surface: number, terms: readonly string[]): void {
    const ids = terms.map((term) => this.terms.idOf(term));
    this.termsOfSurface[surface] = ids;
    this.#textsOfSurface[surface] = terms;
    this.#onlyTerms.push(ids.length === 1 ? (ids[0] ?? 0) + 1 : 0);
    const { names } = this.#analyser;
    const beginsName = terms.some(names.canBegin);
    this.#beginsName.push(beginsName ? 1 : 0);
    if (beginsName && ids.length === 1)
      this.#namesAlone[surface] = names.findAt(terms, 0).map((term) => this.terms.idOf(term));
  }
}

const none: readonly never[] = [];

/** As `scanText` makes it of words. */
function hashOf(characters: Uint16Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (characters[at] as number)) | 0; // within bounds
  return hash;
}

/** 1 for each word within quotation marks; null where there is none. */
function findQuotedWords(
  text: string,
  words: { count: number; starts: Uint32Array; ends: Uint32Array },
): Uint8Array | null {
  if (!/["“„«]/.test(text)) return null;
  const quoted = new Uint8Array(words.count);
  for (const match of text.matchAll(quotation)) {
    const end = match.index + match[0].length;
    for (let word = 0; word < words.count; word += 1) {
      const start = words.starts[word] ?? 0;
      if (start >= match.index && start < end) quoted[word] = 1;
    }
  }
  return quoted;
}
