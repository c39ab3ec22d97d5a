import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SourceError } from '../../knowledge/source.ts';
import { BodyLimitError, expandGzip } from '../http/read-body.ts';
import { ArchiveError, type ArchiveFile, type ArchiveLimits } from './archive-limits.ts';
import { readDirectory } from './read-directory.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';

/** Where the folder or archive is, links resolved. Throws SourceError where there is none, or it may not be read. */
export async function findPlace(url: string, isAllowed: (path: string) => boolean): Promise<string> {
  const path = url.startsWith('file:') ? fileURLToPath(url) : resolve(url);
  const place = await realpath(path).catch((cause: unknown) => {
    throw new SourceError('gone', `There is no folder or archive at ${path}. All articles were kept.`, {
      cause,
    });
  });
  if (isAllowed(place)) return place;
  throw new SourceError(
    'refused',
    `${path} was not read: the operator does not allow folders on this machine to be read from there.`,
  );
}

/** The files of a folder or archive whose paths are wanted. Throws SourceError. */
export async function* openFiles(
  place: string,
  limits: ArchiveLimits,
  isWanted: (path: string) => boolean,
): AsyncGenerator<ArchiveFile> {
  try {
    const { isDirectory, size } = await stat(place).then((found) => ({
      isDirectory: found.isDirectory(),
      size: found.size,
    }));
    if (isDirectory) {
      yield* readDirectory(place, limits, isWanted);
      return;
    }
    if (size > limits.maxTotalBytes) throw new ArchiveError(`it has more than ${limits.maxTotalBytes} bytes`);
    const archive = await readFile(place);
    if (/\.zip$/i.test(place)) yield* readZip(archive, limits, isWanted);
    else yield* readTar(await withoutGzip(archive, limits), limits, isWanted);
  } catch (error) {
    if (!(error instanceof ArchiveError || error instanceof BodyLimitError)) throw error;
    throw new SourceError(
      'bad-archive',
      `${place} could not be read: ${error.message}. All articles were kept.`,
      { cause: error },
    );
  }
}

function withoutGzip(archive: Uint8Array, limits: ArchiveLimits): Promise<Uint8Array> | Uint8Array {
  const isGzip = archive[0] === 0x1f && archive[1] === 0x8b;
  return isGzip ? expandGzip(archive, { maxBytes: limits.maxTotalBytes, maxRatio: 500 }) : archive;
}
