import { promisify } from 'node:util';
import { gunzip, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib';

const inflate = promisify(gunzip);

/** In bytes: what zlib allows at least, and what a length that is damaged may cost at most. */
const [smallestChunk, largestChunk] = [64, 8_000_000];
/** As large as zstd's default level leaves it, and as fast (a digest of 8 KB: 2.4 KB in 0.1 ms). */
const level = 3;

/**
 * Messages are kept compressed; what comes back is what went in, byte by byte. gzip, because files of it that follow one
 * another are one file (RFC 1952, 2.2): see unpackMessages.
 */
export function packMessage(content: Uint8Array): Uint8Array {
  return gzipSync(content, { level });
}

export function unpackMessage(packed: Uint8Array): Uint8Array {
  return isGzip(packed) ? gunzipSync(packed) : zstdDecompressSync(packed);
}

/**
 * Many at a time, in their order, beside the event loop: to set up a decompressor costs more than to unpack a message.
 * Throws when one of them is damaged.
 */
export async function unpackMessages(packed: readonly Uint8Array[]): Promise<Uint8Array[]> {
  if (packed.length === 0 || !packed.every(isGzip)) return packed.map(unpackMessage);
  const ends: number[] = [];
  for (const one of packed) ends.push((ends.at(-1) ?? 0) + lengthOf(one));
  const total = ends.at(-1) ?? 0;
  const chunkSize = Math.min(Math.max(total, smallestChunk), largestChunk);
  const content = await inflate(Buffer.concat(packed), { chunkSize });
  if (content.length !== total) throw new Error('A message in the database is damaged.');
  return ends.map((end, at) => content.subarray(ends[at - 1] ?? 0, end));
}

/** Earlier versions kept messages as zstd. */
function isGzip(packed: Uint8Array): boolean {
  return packed[0] === 0x1f && packed[1] === 0x8b;
}

/** Of what a gzip file holds: its last four bytes (RFC 1952, 2.3.1). */
function lengthOf(packed: Uint8Array): number {
  const { buffer, byteOffset, byteLength } = packed;
  return new DataView(buffer, byteOffset, byteLength).getUint32(byteLength - 4, true);
}
