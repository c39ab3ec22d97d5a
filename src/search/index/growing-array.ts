type Items = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
type ItemsConstructor<Of extends Items> = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer): Of;
};

/** A list of unsigned numbers that grows; `view` is valid until the next push. */
class GrowingArray<Of extends Items> {
  readonly #make: ItemsConstructor<Of>;
  #items: Of;
  length = 0;

  constructor(make: ItemsConstructor<Of>, capacity = 1024) {
    this.#make = make;
    this.#items = new make(new ArrayBuffer(capacity * make.BYTES_PER_ELEMENT));
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

  /** The room before is given back at once: the collector of garbage would wait for it, and work for it. */
  #grow(least: number): void {
    const length = Math.max(this.#items.length * 2, least);
    this.#items = new this.#make(this.#items.buffer.transfer(length * this.#make.BYTES_PER_ELEMENT));
  }

  at(index: number): number {
    return this.#items[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#items[index] = value;
  }

  get view(): Of {
    return this.#items.subarray(0, this.length) as Of; // subarray keeps the type
  }
}

export class GrowingNumbers extends GrowingArray<Uint32Array<ArrayBuffer>> {
  constructor(capacity?: number) {
    super(Uint32Array, capacity);
  }
}

export class GrowingBytes extends GrowingArray<Uint8Array<ArrayBuffer>> {
  constructor(capacity?: number) {
    super(Uint8Array, capacity);
  }

  /** LEB128: seven bits a byte, the lowest first. */
  pushVarint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.push((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.push(rest);
  }
}
