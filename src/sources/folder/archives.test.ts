import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { ArchiveError, type ArchiveFile, cleanPath, defaultArchiveLimits } from './archive-limits.ts';
import { writeTar, writeZip } from './archives.fixture.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';

const all = () => true;
const tar = (archive: Uint8Array, limits = defaultArchiveLimits) => show([...readTar(archive, limits, all)]);
const zip = async (archive: Uint8Array, limits = defaultArchiveLimits) => {
  const files: ArchiveFile[] = [];
  for await (const file of readZip(archive, limits, all)) files.push(file);
  return show(files);
};
const show = (files: readonly ArchiveFile[]) =>
  Object.fromEntries(
    files.map(({ path, bytes }) => [path, bytes === null ? null : Buffer.from(bytes).toString()]),
  );

describe('a tar archive', () => {
  test('gives its files, also those with long names, and no links', () => {
    const long = `${'folder/'.repeat(30)}é.md`;
    expect(
      tar(
        writeTar([
          { path: 'a.md', text: '# A' },
          { path: './b/c.txt', text: 'x'.repeat(1000) },
          { path: 'link', text: '', type: '2' },
          { path: 'folder/', text: '', type: '5' },
          { path: 'cut', text: 'long', pax: long },
        ]),
      ),
    ).toEqual({ 'a.md': '# A', 'b/c.txt': 'x'.repeat(1000), [long]: 'long' });
  });

  test('gives nothing that leads out of it', () => {
    expect(
      tar(
        writeTar([
          { path: '../../etc/passwd', text: 'x' },
          { path: '/etc/passwd', text: 'y' },
          { path: 'a/../../b', text: 'z' },
        ]),
      ),
    ).toEqual({ 'etc/passwd': 'y' });
  });

  test('that is damaged or cut is refused', () => {
    const good = writeTar([{ path: 'a.md', text: 'x'.repeat(600) }]);
    const damaged = Buffer.from(good);
    damaged[10] = 7;
    expect(() => tar(damaged)).toThrow('damaged');
    expect(() => tar(good.subarray(0, 900))).toThrow('in the middle');
    expect(() => tar(Buffer.alloc(1024, 'x'))).toThrow(ArchiveError);
  });
});

describe('a zip archive', () => {
  const files = [
    { path: 'a.md', text: '# A' },
    { path: 'b/ü.txt', text: 'x'.repeat(5000), isStored: true },
    { path: 'b/', text: '' },
    { path: '..\\evil.md', text: 'out' },
  ];

  test('gives its files, packed or stored, and nothing that leads out of it', async () => {
    expect(await zip(writeZip(files))).toEqual({ 'a.md': '# A', 'b/ü.txt': 'x'.repeat(5000) });
  });

  test('with a comment at its end is read too', async () => {
    expect(await zip(Buffer.concat([writeZip(files), Buffer.from('a comment')]))).toHaveProperty('a.md');
  });

  test('whose file is larger than it says is refused before it is unpacked', async () => {
    await expect(
      zip(writeZip([{ path: 'a.md', text: Buffer.alloc(50_000_000), claimedSize: 10 }])),
    ).rejects.toThrow('larger than it says');
  });

  test('that is damaged or none is refused', async () => {
    const damaged = writeZip(files);
    damaged.write('####', 33);
    await expect(zip(damaged)).rejects.toThrow('damaged');
    await expect(zip(Buffer.from('PK no zip'))).rejects.toThrow('no zip');
    await expect(zip(writeZip(files).subarray(5))).rejects.toThrow(ArchiveError);
  });
});

test('archives beyond the limits are refused, files beyond them passed over', async () => {
  const files = Array.from({ length: 20 }, (_, n) => ({ path: `${n}.md`, text: 'x'.repeat(100) }));
  const limits = { maxFiles: 10, maxFileBytes: 1000, maxTotalBytes: 100_000 };
  expect(() => tar(writeTar(files), limits)).toThrow('more than 10 files');
  await expect(zip(writeZip(files), limits)).rejects.toThrow('more than 10 files');
  const small = { maxFiles: 100, maxFileBytes: 99, maxTotalBytes: 500 };
  expect(tar(writeTar(files.slice(0, 1)), small)).toEqual({ '0.md': null });
  expect(await zip(writeZip(files.slice(0, 1)), small)).toEqual({ '0.md': null });
  expect(() => tar(writeTar(files), { ...small, maxFileBytes: 1000 })).toThrow('more than 500 bytes');
});

test('whatever bytes come, nothing but an ArchiveError stops the reading', async () => {
  const good = {
    tar: writeTar([{ path: 'a.md', text: 'x'.repeat(700) }]),
    zip: writeZip([{ path: 'a.md', text: 'x'.repeat(700) }]),
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('tar', 'zip') as fc.Arbitrary<'tar' | 'zip'>,
      fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 12 }),
      fc.nat(3000),
      async (kind, spots, length) => {
        const bytes = Buffer.from(good[kind]);
        for (const [at, value] of spots) if (at < bytes.length) bytes[at] = value;
        try {
          const cut = bytes.subarray(0, Math.max(length, 600));
          if (kind === 'tar') tar(cut);
          else await zip(cut);
        } catch (error) {
          expect(error).toBeInstanceOf(ArchiveError);
        }
      },
    ),
    { numRuns: runs(500) },
  );
});

test.each([
  ['a/b.md', 'a/b.md'],
  ['./a.md', 'a.md'],
  ['/a.md', 'a.md'],
  ['a\\b.md', 'a/b.md'],
  ['e\u0301.md', 'é.md'],
  ['../a.md', null],
  ['a/../../b', null],
  ['C:\\a.md', null],
  ['a\0.md', null],
  ['', null],
])('the path %j is %j', (written, path) => {
  expect(cleanPath(written)).toBe(path);
});
