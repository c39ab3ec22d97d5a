import { hash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { asId, type ChangeId } from '../knowledge/ids.ts';
import type { IndexState } from './build-index-state.ts';

/** Grows when segments are laid out otherwise: older files are built anew. */
const formatVersion = 2;
const headSchema = z.object({
  version: z.literal(formatVersion),
  through: z.number(),
  throughMark: z.string(),
  basis: z.string(),
  segments: z.array(z.object({ bytes: z.number(), sha256: z.string() })),
});

/** Writes the state of an index to a file, wholly or not at all. */
export async function writeSearchSnapshot(file: string, { segments, ...rest }: IndexState): Promise<void> {
  const buffers = segments.map((segment) => Buffer.from(segment));
  const head = {
    version: formatVersion,
    ...rest,
    segments: buffers.map((buffer) => ({ bytes: buffer.length, sha256: hash('sha256', buffer) })),
  };
  const unfinished = `${file}.${process.pid}.unfinished`;
  const target = await open(unfinished, 'w');
  try {
    const text = JSON.stringify(head);
    await target.writev([Buffer.from(`${hash('sha256', text)} ${text}\n`), ...buffers]);
    await target.sync();
  } finally {
    await target.close();
  }
  await rename(unfinished, file);
}

/** Null when there is no such file, or it is not whole, or of another version: the index is built anew then. */
export async function readSearchSnapshot(file: string): Promise<IndexState | null> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  const state = parseSnapshot(bytes);
  if (state === null) await rm(file, { force: true });
  return state;
}

function parseSnapshot(bytes: Buffer): IndexState | null {
  const end = bytes.indexOf('\n');
  const line = bytes.toString('utf8', 0, Math.max(0, end));
  const text = line.slice(line.indexOf(' ') + 1);
  if (line !== `${hash('sha256', text)} ${text}`) return null;
  const head = headSchema.safeParse(parseJson(text));
  if (!head.success) return null;
  const segments: SharedArrayBuffer[] = [];
  let at = end + 1;
  for (const { bytes: size, sha256 } of head.data.segments) {
    const part = bytes.subarray(at, at + size);
    if (part.length !== size || hash('sha256', part) !== sha256) return null;
    const segment = new SharedArrayBuffer(size);
    new Uint8Array(segment).set(part);
    segments.push(segment);
    at += size;
  }
  const { through, throughMark, basis } = head.data;
  return { segments, through: asId<ChangeId>(through), throughMark, basis };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
