/** Strings side by side as UTF-8: `starts[i]` to `starts[i + 1]` is the i-th. */
export type StringTable = { readonly bytes: Uint8Array; readonly starts: Uint32Array };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function packStrings(strings: readonly string[]): StringTable {
  const starts = new Uint32Array(strings.length + 1);
  let bytes = new Uint8Array(Math.max(64, strings.length * 12));
  let end = 0;
  strings.forEach((text, index) => {
    // A UTF-16 unit takes at most three bytes of UTF-8.
    if (end + text.length * 3 > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, end + text.length * 3));
      larger.set(bytes);
      bytes = larger;
    }
    end += encoder.encodeInto(text, bytes.subarray(end)).written;
    starts[index + 1] = end;
  });
  return { bytes: bytes.slice(0, end), starts };
}

export function readString({ bytes, starts }: StringTable, index: number): string {
  return decodeText(bytes, starts[index] ?? 0, starts[index + 1] ?? 0);
}

/** Short ASCII strings, most of all, are faster made by hand; shared memory can't be decoded in place. */
function decodeText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80 || at - start > 40) return decoder.decode(bytes.slice(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** UTF-8; short ASCII texts, most of all, without the detour. */
export function encodeText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return encoder.encode(text);
    bytes[at] = code;
  }
  return bytes;
}

/** Where a text stands in a table that is sorted by `compareByCodePoints`; -1 where it is not in it. */
export function findString(table: StringTable, text: string): number {
  const wanted = encodeText(text);
  const at = lowerBound(table, wanted);
  return at < table.starts.length - 1 && compareBytesAt(table, at, wanted) === 0 ? at : -1;
}

/** The first string that is not less than the text. */
export function lowerBound(table: StringTable, wanted: Uint8Array): number {
  let low = 0;
  let high = table.starts.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareBytesAt(table, middle, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareBytesAt({ bytes, starts }: StringTable, index: number, wanted: Uint8Array): number {
  const start = starts[index] ?? 0;
  const length = (starts[index + 1] ?? 0) - start;
  const shared = Math.min(length, wanted.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (bytes[start + at] ?? 0) - (wanted[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return length - wanted.length;
}

/** The order of the UTF-8 bytes: that of code points, which UTF-16 units above the surrogates break. */
export function compareByCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return left >= 0xd800 && right >= 0xd800 ? lift(left) - lift(right) : left - right;
  }
  return a.length - b.length;
}

/** Moves surrogates above the rest of the basic plane. */
function lift(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Strings in an order that does not depend on the one in which they came, and for each of them its number in it. */
export function sortTerms(unsorted: readonly string[]): {
  readonly texts: string[];
  readonly order: Uint32Array;
  readonly numberOf: Uint32Array;
} {
  const order = orderByCodePoints(unsorted);
  return { texts: Array.from(order, (id) => unsorted[id] ?? ''), order, numberOf: invert(order) };
}

/** The places of strings in the order of their code points; equal ones stay in the order in which they came. */
export function orderByCodePoints(texts: readonly string[]): Uint32Array {
  const compare = texts.some((text) => /[\ud800-\udfff]/.test(text)) ? compareByCodePoints : compareUnits;
  return Uint32Array.from(texts.keys()).sort((a, b) => compare(texts[a] ?? '', texts[b] ?? '') || a - b);
}

/** The same where there are no surrogates, and several times as fast. */
function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** For each item its place in an order of all items. */
export function invert(order: Uint32Array): Uint32Array {
  const numberOf = new Uint32Array(order.length);
  order.forEach((id, number) => {
    numberOf[id] = number;
  });
  return numberOf;
}
