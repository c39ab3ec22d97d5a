import type { GitPlace } from './git-process.ts';
import { openGitSession } from './git-session.ts';

/** A blob that was asked for; `bytes` is null where it is missing or larger than the limit. */
export type Blob = { readonly id: string; readonly sizeBytes: number | null; readonly bytes: Buffer | null };

export type BlobReader = {
  /** Blobs in the order of the ids. Each is read from git when it is taken. */
  read(ids: readonly string[], maxBytes: number): AsyncIterable<Blob>;
  close(): Promise<void>;
};

const lineFeed = 0x0a;
/** So many questions fit into a pipe at once. */
const batchSize = 500;

/** One `git cat-file` for all blobs of a scan. */
export function openBlobReader(place: GitPlace): BlobReader {
  const session = openGitSession(place, ['cat-file', '--batch']);
  return {
    async *read(ids, maxBytes) {
      for (let start = 0; start < ids.length; start += batchSize) {
        const batch = ids.slice(start, start + batchSize);
        session.ask(`${batch.join('\n')}\n`);
        for (const id of batch) {
          const pending = session.answers.readUntil(lineFeed);
          const header = (pending instanceof Promise ? await pending : pending).toString('latin1');
          const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
          if (size === undefined) {
            yield { id, sizeBytes: null, bytes: null };
            continue;
          }
          const sizeBytes = Number(size);
          if (sizeBytes > maxBytes) {
            await session.answers.skip(sizeBytes + 1);
            yield { id, sizeBytes, bytes: null };
            continue;
          }
          const content = session.answers.readExactly(sizeBytes + 1);
          const bytes = content instanceof Promise ? await content : content;
          yield { id, sizeBytes, bytes: bytes.subarray(0, sizeBytes) };
        }
      }
    },
    close: session.close,
  };
}
