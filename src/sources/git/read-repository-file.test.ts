import { afterAll, expect, test } from 'vitest';
import { readRepositoryFile } from './read-repository-file.ts';
import { article, createTestRepository } from './repository.fixture.ts';

const repository = createTestRepository();
afterAll(repository.remove);

const read = (path: string, maxBytes = 1000) =>
  readRepositoryFile({
    cacheFolder: repository.cacheFolder,
    source: repository.source(),
    path,
    maxBytes,
    signal: AbortSignal.timeout(20_000),
  });

test('files are read from the copy that the last scan made, and nothing else is', async () => {
  const picture = Buffer.from([0x89, 0x50, 0, 0xff]);
  repository.commit({ 'a.md': article('A'), 'media/a b.png': picture, 'large.png': Buffer.alloc(2000) });
  expect(await read('media/a b.png')).toBeNull(); // no scan yet
  await repository.read();
  expect(await read('media/a b.png')).toEqual(picture);
  expect(await read('media')).toBeNull();
  expect(await read('media/none.png')).toBeNull();
  expect(await read('../work/a.md')).toBeNull();
  expect(await read('a.md\0')).toBeNull();
  expect(await read('large.png')).toBeNull();
});
