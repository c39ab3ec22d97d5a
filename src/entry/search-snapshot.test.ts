import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { runs } from '../../tests/sizes.ts';
import { asId } from '../knowledge/ids.ts';
import type { IndexState } from './build-index-state.ts';
import { readSearchSnapshot, writeSearchSnapshot } from './search-snapshot.ts';

const folder = mkdtempSync(join(tmpdir(), 'kbalertz-snapshot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'search.snapshot');

function makeSegment(bytes: readonly number[]): SharedArrayBuffer {
  const segment = new SharedArrayBuffer(bytes.length);
  new Uint8Array(segment).set(bytes);
  return segment;
}
const state: IndexState = {
  segments: [
    makeSegment([1, 2, 3, 10, 13]),
    makeSegment([]),
    makeSegment(Array.from({ length: 300 }, (_, n) => n)),
  ],
  through: asId(17),
  throughMark: '4 revised 1000',
  basis: 'abc',
};
const bytesOf = (read: IndexState | null) => read?.segments.map((segment) => [...new Uint8Array(segment)]);

describe('a snapshot of the index', () => {
  test('is read back as it was, and leaves nothing else behind', async () => {
    await writeSearchSnapshot(file, state);
    const read = await readSearchSnapshot(file);
    expect(read).toMatchObject({ through: 17, throughMark: '4 revised 1000', basis: 'abc' });
    expect(bytesOf(read)).toEqual(bytesOf(state));
    expect(readdirSync(folder)).toEqual(['search.snapshot']);
  });

  test('that is not there is none', async () => {
    expect(await readSearchSnapshot(join(folder, 'nothing'))).toBeNull();
  });

  test('that was cut off or damaged anywhere is none, and is put away', async () => {
    await writeSearchSnapshot(file, state);
    const whole = readFileSync(file);
    const damage = fc.oneof(
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        return damaged;
      }),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (bytes) => {
        writeFileSync(file, bytes);
        expect(await readSearchSnapshot(file)).toBeNull();
        expect(readdirSync(folder)).toEqual([]);
      }),
      { numRuns: runs(300) },
    );
  });

  test('that was not finished does not touch the one before', async () => {
    await writeSearchSnapshot(file, state);
    writeFileSync(`${file}.1.unfinished`, 'half');
    expect(bytesOf(await readSearchSnapshot(file))).toEqual(bytesOf(state));
  });
});
