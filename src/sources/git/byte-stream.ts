import type { Readable } from 'node:stream';

/** Reads a stream piece by piece, taking more from it only when asked: the other end waits meanwhile. */
export type ByteStream = {
  /** Bytes up to and without the delimiter. Throws `onEnd()` when the stream ends first. */
  readUntil(delimiter: number): Buffer | Promise<Buffer>;
  readExactly(byteCount: number): Buffer | Promise<Buffer>;
  /** Passes over bytes without keeping them. */
  skip(byteCount: number): Promise<void>;
  /** The next byte, left in place. */
  peek(): number | Promise<number>;
};

export function createByteStream(
  stream: Readable,
  options: { readonly idleMs: number; readonly onEnd: (isIdle: boolean) => Error },
): ByteStream {
  let buffer: Buffer = Buffer.alloc(0);
  let at = 0;
  let hasEnded = false;
  let failure: Error | null = null;
  let wake: (() => void) | null = null;
  const rouse = () => {
    wake?.();
    wake = null;
  };
  stream.on('readable', rouse);
  stream.on('end', () => {
    hasEnded = true;
    rouse();
  });
  stream.on('error', (error: Error) => {
    failure = error;
    rouse();
  });

  /** Waits for at least one more byte. */
  const more = async (): Promise<void> => {
    for (;;) {
      const chunk: Buffer | null = stream.read();
      if (chunk) {
        buffer = at === buffer.length ? chunk : Buffer.concat([buffer.subarray(at), chunk]);
        at = 0;
        return;
      }
      if (failure) throw failure;
      if (hasEnded || stream.destroyed) throw options.onEnd(false);
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(options.onEnd(true)), options.idleMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const take = (byteCount: number): Buffer => {
    const taken = buffer.subarray(at, at + byteCount);
    at += byteCount;
    return taken;
  };
  const waitUntil = async (delimiter: number): Promise<Buffer> => {
    let searched = 0;
    for (;;) {
      const end = buffer.indexOf(delimiter, at + searched);
      if (end !== -1) {
        const taken = take(end - at);
        at += 1;
        return taken;
      }
      searched = buffer.length - at;
      await more();
    }
  };
  const waitExactly = async (byteCount: number): Promise<Buffer> => {
    if (buffer.length - at < byteCount) {
      const chunks = [take(buffer.length - at)];
      let missing = byteCount - (chunks[0]?.length ?? 0);
      while (missing > 0) {
        await more();
        const chunk = take(Math.min(missing, buffer.length - at));
        chunks.push(chunk);
        missing -= chunk.length;
      }
      return Buffer.concat(chunks);
    }
    return take(byteCount);
  };
  return {
    readUntil(delimiter) {
      const end = buffer.indexOf(delimiter, at);
      if (end === -1) return waitUntil(delimiter);
      const taken = take(end - at);
      at += 1;
      return taken;
    },
    readExactly: (byteCount) => (buffer.length - at >= byteCount ? take(byteCount) : waitExactly(byteCount)),
    async skip(byteCount) {
      let missing = byteCount;
      for (;;) {
        const skipped = Math.min(missing, buffer.length - at);
        at += skipped;
        missing -= skipped;
        if (missing === 0) return;
        await more();
      }
    },
    peek() {
      const next = buffer[at];
      return next !== undefined ? next : more().then(() => buffer[at] ?? 0);
    },
  };
}
