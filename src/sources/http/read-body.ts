import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

export type BodyLimits = {
  /** Bytes after decompression. */
  readonly maxBytes: number;
  /** Decompressed to compressed, looked at beyond the first megabyte. */
  readonly maxRatio: number;
};

export const defaultBodyLimits: BodyLimits = { maxBytes: 32 * 1024 * 1024, maxRatio: 200 };

/** The body is larger, or expands further, than anything that we want to read. */
export class BodyLimitError extends Error {
  override readonly name = 'BodyLimitError';
  readonly code: 'too-large' | 'expands-too-far' | 'unknown-encoding' | 'broken-encoding';
  constructor(code: BodyLimitError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const ratioFreeBytes = 1024 * 1024;
const maxLayers = 2;

/**
 * Reads a stream to its end while it stays within the limits, undoing its content encodings (`gzip`, `deflate`,
 * `br`, `zstd`; several separated by commas, the last applied last). Memory never exceeds the limit by more than a chunk.
 * Throws BodyLimitError, and whatever the stream throws.
 */
export async function readBody(
  stream: AsyncIterable<Uint8Array>,
  encodings: string,
  limits: BodyLimits = defaultBodyLimits,
): Promise<Uint8Array> {
  const layers = encodings
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (layers.length > maxLayers)
    throw new BodyLimitError('unknown-encoding', `encoded ${layers.length} times`);

  let wireBytes = 0;
  async function* countWire(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      wireBytes += chunk.byteLength;
      if (wireBytes > limits.maxBytes) throw tooLarge(limits);
      yield chunk;
    }
  }

  let decoded: AsyncIterable<Uint8Array> = countWire();
  for (const layer of layers.reverse()) decoded = decode(decoded, layer);

  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of decoded) {
    bytes += chunk.byteLength;
    if (bytes > limits.maxBytes) throw tooLarge(limits);
    if (bytes > ratioFreeBytes && bytes > wireBytes * limits.maxRatio) {
      throw new BodyLimitError('expands-too-far', `${wireBytes} bytes expand to more than ${bytes}`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

/** Undoes gzip within the limits, for files that are compressed themselves (`sitemap.xml.gz`). */
export function expandGzip(bytes: Uint8Array, limits: BodyLimits = defaultBodyLimits): Promise<Uint8Array> {
  async function* inChunks(): AsyncGenerator<Uint8Array> {
    // Small pieces, so that the ratio is looked at before all is expanded.
    for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384);
  }
  return readBody(inChunks(), 'gzip', limits);
}

async function* decode(source: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = createDecoder(encoding);
  const feeding = (async () => {
    try {
      for await (const chunk of source) {
        if (decoder.destroyed) return;
        if (!decoder.write(chunk)) await once(decoder, ['drain', 'close']);
      }
      decoder.end();
    } catch (error) {
      decoder.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  })();
  try {
    // A decoder yields Buffers; the stream type says `any`.
    for await (const chunk of decoder as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    if (error instanceof BodyLimitError || !isZlibError(error)) throw error;
    throw new BodyLimitError('broken-encoding', `the body is not valid ${encoding}`, { cause: error });
  } finally {
    decoder.destroy();
    await feeding;
  }
}

function createDecoder(encoding: string): Transform {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    default:
      throw new BodyLimitError(
        'unknown-encoding',
        `content encoding "${encoding.slice(0, 40)}" is not known`,
      );
  }
}

function once(emitter: Transform, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of events) emitter.off(event, done);
      resolve();
    };
    for (const event of events) emitter.on(event, done);
  });
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(Z_|ERR_|ZSTD)/.test(String(error.code));
}

function tooLarge(limits: BodyLimits): BodyLimitError {
  return new BodyLimitError('too-large', `the body is larger than ${limits.maxBytes} bytes`);
}
