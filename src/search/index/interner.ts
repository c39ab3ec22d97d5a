/** Numbers strings in the order in which they come. */
export class Interner {
  readonly #ids = new Map<string, number>();

  idOf(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(text, id);
    }
    return id;
  }

  get size(): number {
    return this.#ids.size;
  }

  /** All strings by number. */
  list(): string[] {
    return [...this.#ids.keys()];
  }
}
