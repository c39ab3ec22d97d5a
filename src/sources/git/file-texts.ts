import { SourceError } from '../../knowledge/source.ts';
import type { BlobReader } from './blob-reader.ts';
import { decodeText } from './decode-text.ts';

/** A file of the branch as text; `text` is null where it has none that can be read. */
export type FileText = { readonly path: string; readonly text: string | null };

/** Reads files as text and tells, in one sentence each, what could not be read or not wholly. */
export type FileTexts = {
  read(paths: Iterable<string>, tell: (warning: string) => void): AsyncIterable<FileText>;
};

export function createFileTexts(parts: {
  readonly blobs: BlobReader;
  readonly blobOf: (path: string) => string | undefined;
  readonly maxFileBytes: number;
}): FileTexts {
  const { blobs, blobOf, maxFileBytes } = parts;
  return {
    async *read(paths, tell) {
      const wanted = [...paths].flatMap((path) => {
        const blob = blobOf(path);
        return blob === undefined ? [] : [{ path, blob }];
      });
      let index = 0;
      for await (const blob of blobs.read(
        wanted.map((file) => file.blob),
        maxFileBytes,
      )) {
        const path = wanted[index]?.path ?? '';
        index += 1;
        if (blob.sizeBytes === null) {
          throw new SourceError(
            'damaged',
            `The copy of the repository lacks the content of ${path}. All articles were kept: the next scan fetches it anew.`,
          );
        }
        if (blob.bytes === null) {
          const megabytes = (blob.sizeBytes / 1_000_000).toFixed(1);
          tell(`${path} was passed over: it has ${megabytes} MB, more than an article.`);
          yield { path, text: null };
          continue;
        }
        const decoded = decodeText(blob.bytes);
        if (decoded.kind === 'binary') {
          tell(`${path} was passed over: it is no text.`);
          yield { path, text: null };
          continue;
        }
        if (decoded.isDamaged) tell(`${path} is not all UTF-8: what could not be read is shown as �.`);
        yield { path, text: decoded.text };
      }
    },
  };
}
