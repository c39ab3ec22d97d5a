import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Messages are kept compressed; what comes back is what went in, byte by byte. */
export function packMessage(content: Uint8Array): Uint8Array {
  return zstdCompressSync(content, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });
}

export function unpackMessage(packed: Uint8Array): Uint8Array {
  return zstdDecompressSync(packed);
}
