import type { TextAnalyser } from '../analysis/text-analyser.ts';
import { GrowingNumbers } from './growing-array.ts';

/** What a name of an article is; the order is the number in the index. */
export const nameKinds = ['title', 'former', 'path', 'link'] as const;
export type NameKind = (typeof nameKinds)[number];

/**
 * Names as sequences of terms, for comparing a query with them as wholes. One name is: count of terms, count of
 * mentions, the terms, then for each mention of a thing with several names `at << 16 | length` and its term.
 */
export type NameSequences = { readonly items: Uint32Array; readonly starts: Uint32Array };

/** Collects names, each once. A class for its lifecycle: `add` as often as needed, then read `sequences`. */
export class NameWriter {
  readonly #analyser: TextAnalyser;
  readonly #numberOf: (term: string) => number;
  readonly #names = new Map<string, number>();
  readonly #data = new GrowingNumbers();
  readonly #starts = new GrowingNumbers();

  constructor(analyser: TextAnalyser, numberOf: (term: string) => number) {
    this.#analyser = analyser;
    this.#numberOf = numberOf;
    this.#starts.push(0);
  }

  /** The number of the name with this text. */
  add(text: string): number {
    let name = this.#names.get(text);
    if (name === undefined) {
      name = this.#names.size;
      this.#names.set(text, name);
      this.#analyse(text.toWellFormed());
    }
    return name;
  }

  /** The terms of a name, mentions included. */
  termsOf(name: number): number[] {
    const start = this.#starts.at(name);
    const terms = this.#data.at(start);
    const mentions = this.#data.at(start + 1);
    return [
      ...Array.from({ length: terms }, (_, index) => this.#data.at(start + 2 + index)),
      ...Array.from({ length: mentions }, (_, index) => this.#data.at(start + 3 + terms + index * 2)),
    ];
  }

  get sequences(): NameSequences {
    return { items: this.#data.view, starts: this.#starts.view };
  }

  #analyse(text: string): void {
    const { terms } = this.#analyser.analyse(text);
    const mentions = this.#analyser.names.findAll(terms);
    this.#data.push(terms.length);
    this.#data.push(mentions.length);
    for (const term of terms) this.#data.push(this.#numberOf(term));
    for (const { term, at, length } of mentions) {
      this.#data.push(((at & 0xffff) << 16) | length);
      this.#data.push(this.#numberOf(term));
    }
    this.#starts.push(this.#data.length);
  }
}

/** Renumbers the terms of all names in place, once the terms have their final numbers. */
export function renumberNames({ items, starts }: NameSequences, numberOf: Uint32Array): void {
  for (let name = 0; name + 1 < starts.length; name += 1) {
    const start = starts[name] ?? 0;
    const terms = items[start] ?? 0;
    const mentions = items[start + 1] ?? 0;
    const renumber = (at: number) => {
      items[at] = numberOf[items[at] ?? 0] ?? 0;
    };
    for (let index = 0; index < terms; index += 1) renumber(start + 2 + index);
    for (let index = 0; index < mentions; index += 1) renumber(start + 3 + terms + index * 2);
  }
}
