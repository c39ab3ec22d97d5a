/**
 * Numbers pieces of texts in the order in which they come, without making a string of each one: a text has few
 * different words. Open addressing with linear probing.
 */
export class WordTable {
  readonly #texts: string[] = [];
  readonly #hashes: number[] = [];
  /** Number plus one; 0 where there is none. */
  #places = new Uint32Array(1 << 12);

  /** The number of `text` from `start` to before `end`. The hash is that of `scanText`. */
  idOf(text: string, start: number, end: number, hash: number): number {
    const mask = this.#places.length - 1;
    let place = mix(hash) & mask;
    for (;;) {
      const id = (this.#places[place] as number) - 1; // the mask keeps within bounds
      if (id < 0) return this.#add(text.slice(start, end), hash, place);
      if (this.#hashes[id] === hash && isPiece(this.#texts[id] ?? '', text, start, end)) return id;
      place = (place + 1) & mask;
    }
  }

  get size(): number {
    return this.#texts.length;
  }

  /** All pieces by number. */
  list(): readonly string[] {
    return this.#texts;
  }

  #add(piece: string, hash: number, place: number): number {
    const id = this.#texts.length;
    this.#texts.push(piece);
    this.#hashes.push(hash);
    this.#places[place] = id + 1;
    if (this.#texts.length * 2 > this.#places.length) this.#grow();
    return id;
  }

  #grow(): void {
    const places = new Uint32Array(this.#places.length * 2);
    const mask = places.length - 1;
    this.#hashes.forEach((hash, id) => {
      let place = mix(hash) & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = id + 1;
    });
    this.#places = places;
  }
}

/** Spreads the high bits over the low ones, which choose the place. */
function mix(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function isPiece(piece: string, text: string, start: number, end: number): boolean {
  if (piece.length !== end - start) return false;
  for (let at = 0; at < piece.length; at += 1) {
    if (piece.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  }
  return true;
}
