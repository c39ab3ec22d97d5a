import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import {
  ArchiveError,
  type ArchiveFile,
  type ArchiveLimits,
  cleanPath,
  createArchiveTally,
} from './archive-limits.ts';

const inflate = promisify(inflateRaw);
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * The files of a zip archive by its central directory (APPNOTE 6.3, without encryption and ZIP64), each checked
 * against its CRC. `isWanted` tells which paths are read. Throws ArchiveError.
 */
export async function* readZip(
  archive: Uint8Array,
  limits: ArchiveLimits,
  isWanted: (path: string) => boolean,
): AsyncGenerator<ArchiveFile> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const tally = createArchiveTally(limits);
  for (const entry of listEntries(archive, view)) {
    const path = cleanPath(entry.name);
    if (entry.name.endsWith('/') || path === null || !isWanted(path)) continue;
    const isTooLarge = entry.size > limits.maxFileBytes;
    tally.add(isTooLarge ? 0 : entry.size);
    yield { path, bytes: isTooLarge ? null : await readEntry(archive, view, entry) };
  }
}

type Entry = {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
};

function* listEntries(archive: Uint8Array, view: DataView): Generator<Entry> {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > archive.length || view.getUint32(at, true) !== entrySignature) {
      throw new ArchiveError('its directory is damaged');
    }
    const nameLength = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    const name = archive.subarray(at + 46, at + 46 + nameLength);
    yield {
      // Bit 11 says UTF-8; without it the names of old programs are read as what they mostly are.
      name: new TextDecoder((flags & 0x800) !== 0 || isAscii(name) ? 'utf-8' : 'windows-1252').decode(name),
      isEncrypted: (flags & 1) !== 0,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

async function readEntry(archive: Uint8Array, view: DataView, entry: Entry): Promise<Uint8Array> {
  const { name, offset, packedSize, size } = entry;
  if (entry.isEncrypted) throw new ArchiveError(`"${name}" is encrypted`);
  if (offset + 30 > archive.length || view.getUint32(offset, true) !== localSignature) {
    throw new ArchiveError(`"${name}" is not where the directory says`);
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packedSize > archive.length) throw new ArchiveError(`"${name}" ends beyond the archive`);
  const packed = archive.subarray(start, start + packedSize);
  const content = entry.method === 0 ? packed : await unpack(packed, entry);
  if (content.length !== size || crc32(content) !== entry.checksum) {
    throw new ArchiveError(`"${name}" is damaged`);
  }
  return content;
}

async function unpack(packed: Uint8Array, { name, method, size }: Entry): Promise<Uint8Array> {
  if (method !== 8) throw new ArchiveError(`"${name}" is packed by method ${method}, which is not read`);
  try {
    // Never more than the directory says, whatever the data would expand to.
    return await inflate(packed, { maxOutputLength: Math.max(1, size) });
  } catch (cause) {
    throw new ArchiveError(`"${name}" is damaged, or larger than it says`, { cause });
  }
}

/** The end record lies before a comment of up to 65,535 bytes. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === endSignature) {
      if (view.getUint32(at + 16, true) === 0xffffffff)
        throw new ArchiveError('it is a ZIP64 archive, which is not read');
      return at;
    }
  }
  throw new ArchiveError('it is no zip archive, or its end is missing');
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}
