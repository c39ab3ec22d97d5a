import {
  ArchiveError,
  type ArchiveFile,
  type ArchiveLimits,
  cleanPath,
  createArchiveTally,
} from './archive-limits.ts';

const blockBytes = 512;

/**
 * The regular files of a tar archive (POSIX ustar and pax, GNU long names); links and devices are passed over.
 * `isWanted` tells which paths are read. Throws ArchiveError.
 */
export function* readTar(
  archive: Uint8Array,
  limits: ArchiveLimits,
  isWanted: (path: string) => boolean,
): Generator<ArchiveFile> {
  const tally = createArchiveTally(limits);
  let longPath: string | null = null;
  for (let at = 0; at + blockBytes <= archive.length; ) {
    const header = archive.subarray(at, at + blockBytes);
    if (header.every((byte) => byte === 0)) return;
    if (!hasValidChecksum(header)) throw new ArchiveError('it is no tar archive, or a damaged one');
    const size = readOctal(header.subarray(124, 136));
    const start = at + blockBytes;
    if (start + size > archive.length) throw new ArchiveError('it ends in the middle of a file');
    at = start + Math.ceil(size / blockBytes) * blockBytes;
    const content = archive.subarray(start, start + size);
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L') longPath = readText(content);
    else if (type === 'x') longPath = readPaxPath(content) ?? longPath;
    else if (type !== 'g' && type !== 'K') {
      const path = cleanPath(longPath ?? readName(header));
      longPath = null;
      const isFile = type === '0' || type === '\0' || type === '7';
      if (!isFile || path === null || !isWanted(path)) continue;
      const isTooLarge = size > limits.maxFileBytes;
      tally.add(isTooLarge ? 0 : size);
      yield { path, bytes: isTooLarge ? null : content };
    }
  }
}

function readName(header: Uint8Array): string {
  const isUstar = readText(header.subarray(257, 262)) === 'ustar';
  const prefix = isUstar ? readText(header.subarray(345, 500)) : '';
  const name = readText(header.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records `length key=value\n`, the length in bytes with everything. */
function readPaxPath(records: Uint8Array): string | null {
  let path: string | null = null;
  for (let at = 0; at < records.length; ) {
    const space = records.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(readText(records.subarray(at, space)));
    if (!(length > 0)) break;
    const record = readText(records.subarray(space + 1, at + length - 1));
    if (record.startsWith('path=')) path = record.slice(5);
    at += length;
  }
  return path;
}

function readOctal(field: Uint8Array): number {
  // Sizes from 8 GiB on are binary, marked by the first bit; such a file would be beyond any limit.
  if (((field[0] ?? 0) & 0x80) !== 0) throw new ArchiveError('it has a file of more than 8 GiB');
  const text = readText(field).trim();
  const value = text === '' ? 0 : Number.parseInt(text, 8);
  if (!Number.isSafeInteger(value) || value < 0) throw new ArchiveError('it has a file without a size');
  return value;
}

function readText(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function hasValidChecksum(header: Uint8Array): boolean {
  const stated = Number.parseInt(readText(header.subarray(148, 156)).trim(), 8);
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 0x20 : byte;
  return sum === stated;
}
