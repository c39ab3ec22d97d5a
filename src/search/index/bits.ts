/** A set of documents of a segment: bit `d & 31` of word `d >> 5` for document `d`. */
export type Bits = Uint32Array;

export function createBits(count: number): Bits {
  return new Uint32Array((count + 31) >>> 5);
}

/** All of `count` documents. */
export function createFullBits(count: number): Bits {
  const bits = createBits(count).fill(0xffffffff);
  const rest = count & 31;
  if (rest !== 0 && bits.length > 0) bits[bits.length - 1] = (1 << rest) - 1;
  return bits;
}

export function addBit(bits: Bits, document: number): void {
  bits[document >>> 5] = (bits[document >>> 5] ?? 0) | (1 << (document & 31));
}

export function hasBit(bits: Bits, document: number): boolean {
  return ((bits[document >>> 5] ?? 0) & (1 << (document & 31))) !== 0;
}

export function isEmpty(bits: Bits): boolean {
  for (const word of bits) if (word !== 0) return false;
  return true;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word of bits) {
    // Population count of 32 bits, after Warren, Hacker's Delight, figure 5-2.
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/** Calls `visit` with each document of the set, in rising order. */
export function forEachBit(bits: Bits, visit: (document: number) => void): void {
  for (let at = 0; at < bits.length; at += 1) {
    let word = bits[at] ?? 0;
    while (word !== 0) {
      const lowest = word & -word;
      visit((at << 5) + 31 - Math.clz32(lowest));
      word ^= lowest;
    }
  }
}

export function intersect(into: Bits, other: Bits): void {
  for (let at = 0; at < into.length; at += 1) into[at] = (into[at] ?? 0) & (other[at] ?? 0);
}

export function unite(into: Bits, other: Bits): void {
  for (let at = 0; at < into.length; at += 1) into[at] = (into[at] ?? 0) | (other[at] ?? 0);
}

/** Takes away what is in `other`. */
export function subtract(from: Bits, other: Bits): void {
  for (let at = 0; at < from.length; at += 1) from[at] = (from[at] ?? 0) & ~(other[at] ?? 0);
}
