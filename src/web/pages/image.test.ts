import { expect, test } from 'vitest';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';
import type { ImageCopy } from '../../knowledge/images/image.ts';
import { watchWrittenSource, writeSource } from '../../store/scanning.fixture.ts';

const bytes = Buffer.from('\x89PNG bytes', 'latin1');
const copy: ImageCopy = { hash: 'a'.repeat(64), type: 'image/png', width: 640, height: 480 };

async function showArticle() {
  const world = await createSiteWorld({
    ports: {
      images: {
        listCopies: async () => new Map([['media/kept.png', copy]]),
        loadImage: async (hash) => (hash === copy.hash ? { type: copy.type, bytes } : null),
      },
    },
  });
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(world.database, written, { now: world.clock.now() });
  written.show({ 'one.md': '# One\n\n![The button](media/kept.png)\n\n![Not here](media/unkept.png)' });
  await scanner.scan(source);
  return world;
}

test('an image is shown from our own copy with its size, another is a link to the original', async () => {
  const { get, problems } = await showArticle();
  const page = await (await get('/a/1')).text();
  expect(page).toContain(
    `<img src="/images/${copy.hash}.png" alt="The button" width="640" height="480" loading="lazy" decoding="async" />`,
  );
  expect(page).toMatch(/<a href="https:\/\/kb\.example\/media\/unkept\.png"[^>]*>Image: Not here<\/a>/);
  expect(problems).toEqual([]);
});

test('a copy is served as what it is and never changes under its address', async () => {
  const { get } = await showArticle();
  const answer = await get(`/images/${copy.hash}.png`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  for (const name of [`${'b'.repeat(64)}.png`, 'x.png', '..%2f..%2fetc%2fpasswd'])
    expect((await get(`/images/${name}`)).status).toBe(404);
});
