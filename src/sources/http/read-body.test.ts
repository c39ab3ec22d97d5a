import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BodyLimitError, expandGzip, readBody } from './read-body.ts';

async function* inChunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };
const limits = { maxBytes: 2_000_000, maxRatio: 50 };

describe('a body', () => {
  test('comes out of every encoding as it went in, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        fc.integer({ min: 1, max: 700 }),
        fc.constantFrom('gzip', 'deflate', 'br', 'zstd') as fc.Arbitrary<keyof typeof packers>,
        async (bytes, size, encoding) => {
          const packed = packers[encoding](bytes);
          expect(Buffer.from(await readBody(inChunks(packed, size), encoding, limits))).toEqual(
            Buffer.from(bytes),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('packed twice is unpacked twice, three times is refused', async () => {
    const twice = brotliCompressSync(gzipSync('text'));
    expect(Buffer.from(await readBody(inChunks(twice, 10), 'gzip, br', limits)).toString()).toBe('text');
    await expect(readBody(inChunks(twice, 10), 'gzip, br, gzip', limits)).rejects.toThrow('3 times');
  });

  test('is refused beyond the bytes, before or after unpacking', async () => {
    const large = Buffer.alloc(2_000_001, 'ab1');
    await expect(readBody(inChunks(large, 60_000), '', limits)).rejects.toMatchObject({ code: 'too-large' });
    await expect(
      readBody(inChunks(gzipSync(large), 100), 'gzip', { ...limits, maxRatio: 1e9 }),
    ).rejects.toMatchObject({ code: 'too-large' });
  });

  test('that expands too far is given up soon after the first megabyte', async () => {
    const bomb = gzipSync(Buffer.alloc(80_000_000));
    const before = process.memoryUsage().arrayBuffers;
    await expect(
      readBody(inChunks(bomb, 16_384), 'gzip', { maxBytes: 1e9, maxRatio: 50 }),
    ).rejects.toMatchObject({ code: 'expands-too-far' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
  });

  test.each([
    ['in an encoding that nobody knows', 'x-rot13', 'unknown-encoding'],
    ['that is not packed as it says', 'gzip', 'broken-encoding'],
    ['that is not packed as it says, in brotli', 'br', 'broken-encoding'],
  ])('%s is refused', async (_, encoding, code) => {
    await expect(readBody(inChunks(Buffer.from('plain text'), 5), encoding, limits)).rejects.toMatchObject({
      code,
    });
  });

  test('whose stream breaks throws what broke it', async () => {
    async function* breaking() {
      yield gzipSync('x').subarray(0, 5);
      throw new Error('cable cut');
    }
    await expect(readBody(breaking(), 'gzip', limits)).rejects.toThrow('cable cut');
  });
});

test('a file in gzip is unpacked within the limits', async () => {
  expect(Buffer.from(await expandGzip(gzipSync('<urlset/>'))).toString()).toBe('<urlset/>');
  await expect(expandGzip(Buffer.from('no gzip at all'))).rejects.toBeInstanceOf(BodyLimitError);
});
