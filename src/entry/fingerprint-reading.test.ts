import { expect, test } from 'vitest';
import { readSourceFiles } from '../../tests/house/source-files.ts';
import { fingerprintReading, readingFolders, readingLibraries } from './fingerprint-reading.ts';

test('a fingerprint is the same each time', () => {
  expect(fingerprintReading()).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintReading()).toBe(fingerprintReading());
});

test('it takes in all code and all libraries that a reading is made with', () => {
  const files = new Map(readSourceFiles().map((file) => [file.path, file]));
  const reached = new Set([
    'src/knowledge/reading/page-reading.ts',
    'src/knowledge/reading/read-document.ts',
  ]);
  for (const path of reached) {
    for (const entry of files.get(path)?.imports ?? []) if (!entry.isTypeOnly) reached.add(entry.target);
  }
  const own = [...reached].filter((path) => path.startsWith('src/'));
  const isTakenIn = (path: string) => readingFolders.some((folder) => path.startsWith(`src/${folder}/`));
  expect(own.filter((path) => !isTakenIn(path))).toEqual([]);
  expect([...reached].filter((name) => !name.startsWith('src/') && !name.startsWith('node:')).sort()).toEqual(
    readingLibraries,
  );
});
