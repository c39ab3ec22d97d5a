import type { SpelledText } from '../analysis/scan-text.ts';

/**
 * Numbers pieces of texts in the order in which they come, without making a string of each one: a text has few
 * different words. Open addressing with linear probing; what a look-up needs lies side by side.
 */
export class WordTable {
  readonly #texts: string[] = [];
  /** For each place four numbers: the number of the piece plus one (0: the place is free), and as below. */
  #slots = new Int32Array(width << 12);
  /** The characters of all pieces, one after the other. */
  #characters = new Uint16Array(1 << 14);
  #characterCount = 0;

  /** The number of the text from `start` to before `end`. The hash is that of `scanText`. */
  idOf({ text, characters }: SpelledText, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length / width - 1;
    for (let place = mix(hash) & mask; ; place = (place + 1) & mask) {
      const slot = place * width;
      const id = (slots[slot] as number) - 1; // the mask keeps within bounds
      if (id < 0) return this.#add(text.slice(start, end), hash, slot);
      if (slots[slot + hashAt] !== hash || slots[slot + lengthAt] !== end - start) continue;
      if (this.#isPiece(slots[slot + charactersAt] as number, characters, start, end)) return id;
    }
  }

  get size(): number {
    return this.#texts.length;
  }

  /** All pieces by number. */
  list(): readonly string[] {
    return this.#texts;
  }

  #isPiece(from: number, characters: Uint16Array, start: number, end: number): boolean {
    const own = this.#characters;
    for (let at = start, other = from; at < end; at += 1, other += 1) {
      if (characters[at] !== own[other]) return false;
    }
    return true;
  }

  #add(piece: string, hash: number, slot: number): number {
    const id = this.#texts.push(piece) - 1;
    this.#slots[slot] = id + 1;
    this.#slots[slot + hashAt] = hash;
    this.#slots[slot + charactersAt] = this.#characterCount;
    this.#slots[slot + lengthAt] = piece.length;
    this.#keepCharacters(piece);
    if (this.#texts.length * 2 * width > this.#slots.length) this.#grow();
    return id;
  }

  #keepCharacters(piece: string): void {
    const end = this.#characterCount + piece.length;
    if (end > this.#characters.length) {
      const larger = new Uint16Array(Math.max(this.#characters.length * 2, end));
      larger.set(this.#characters);
      this.#characters = larger;
    }
    for (let at = 0; at < piece.length; at += 1) {
      this.#characters[this.#characterCount + at] = piece.charCodeAt(at);
    }
    this.#characterCount = end;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    const mask = slots.length / width - 1;
    for (let slot = 0; slot < old.length; slot += width) {
      if (old[slot] === 0) continue;
      let place = mix(old[slot + hashAt] as number) & mask; // within bounds
      while (slots[place * width] !== 0) place = (place + 1) & mask;
      slots.set(old.subarray(slot, slot + width), place * width);
    }
    this.#slots = slots;
  }
}

const width = 4;
const hashAt = 1;
const charactersAt = 2;
const lengthAt = 3;

/** Spreads the high bits over the low ones, which choose the place. */
function mix(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
