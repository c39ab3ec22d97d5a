/** A list of unsigned numbers that grows; `view` is valid until the next push. */
export class GrowingArray<Buffer extends Uint8Array | Uint16Array | Uint32Array | Float32Array> {
  readonly #create: (length: number) => Buffer;
  #items: Buffer;
  length = 0;

  constructor(create: (length: number) => Buffer, capacity = 1024) {
    this.#create = create;
    this.#items = create(capacity);
  }

  push(value: number): void {
    if (this.length === this.#items.length) this.#grow(this.length + 1);
    this.#items[this.length++] = value;
  }

  append(values: ArrayLike<number>): void {
    if (this.length + values.length > this.#items.length) this.#grow(this.length + values.length);
    this.#items.set(values, this.length);
    this.length += values.length;
  }

  #grow(least: number): void {
    const larger = this.#create(Math.max(this.#items.length * 2, least));
    larger.set(this.#items);
    this.#items = larger;
  }

  at(index: number): number {
    return this.#items[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#items[index] = value;
  }

  /** LEB128: seven bits a byte, the lowest first. For arrays of bytes. */
  pushVarint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.push((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.push(rest);
  }

  get view(): Buffer {
    return this.#items.subarray(0, this.length) as Buffer; // subarray keeps the type
  }
}

export const growingBytes = (capacity?: number) => new GrowingArray((n) => new Uint8Array(n), capacity);
export const growingNumbers = (capacity?: number) => new GrowingArray((n) => new Uint32Array(n), capacity);
