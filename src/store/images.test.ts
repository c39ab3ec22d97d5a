import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import type { Image, ImageReading } from '../knowledge/images/image.ts';
import { type ImageKeeping, keepImages } from '../knowledge/images/keep-images.ts';
import { createImageStore } from './images.ts';
import { openStore } from './open-store.ts';
import { watchWrittenSource, writeSource } from './scanning.fixture.ts';

const hourMs = 3_600_000;
const image = (bytes: string): Image => ({
  bytes: Buffer.from(bytes),
  type: 'image/png',
  width: 20,
  height: 10,
});

describeOnBothDatabases('images', (databases) => {
  async function openWorld(kinds: ImageKeeping['kinds'] = ['file', 'web']) {
    const database = await databases.open();
    const written = writeSource();
    const { source, scanner } = await watchWrittenSource(database, written);
    const store = createImageStore(database);
    const { archive } = openStore(database);
    const files = new Map<string, ImageReading>();
    const asked: string[] = [];
    let now = 1_000_000;
    const keep = async () => {
      const done = await keepImages(
        {
          archive,
          shelf: store,
          kinds,
          clock: { now: () => asId<Instant>(now) },
          readImage: async (_, { address }) => {
            asked.push(address);
            return files.get(address) ?? { kind: 'missing', because: 'no such file' };
          },
        },
        AbortSignal.timeout(20_000),
      );
      return done.images;
    };
    return {
      database,
      store,
      files,
      asked,
      keep,
      wait: (ms: number) => {
        now += ms;
      },
      async show(text: string) {
        written.show({ 'kb/one.md': text });
        await scanner.scan(source);
        const [article] = await archive.findArticlesByName('kb/one.md');
        if (!article) throw new Error('The article was not kept.');
        return article.id;
      },
    };
  }

  test('that an article shows are copied once and found by how the text names them', async () => {
    const world = await openWorld();
    const id = await world.show('# One\n\n![a](a.png) and again ![a](../kb/a.png), ![b](b.png)');
    world.files.set('kb/a.png', { kind: 'image', image: image('same') });
    world.files.set('kb/b.png', { kind: 'image', image: image('same') });
    expect(await world.keep()).toBe(2);
    const copies = await world.store.listCopies(id);
    expect([...copies.keys()].sort()).toEqual(['../kb/a.png', 'a.png', 'b.png']);
    const copy = copies.get('a.png');
    expect(copy).toMatchObject({ type: 'image/png', width: 20, height: 10 });
    expect(copies.get('b.png')).toEqual(copy);
    const loaded = await world.store.loadImage(copy?.hash ?? '');
    expect(Buffer.from(loaded?.bytes ?? []).toString()).toBe('same');
    expect(await world.keep()).toBe(0);
  });

  test('are read again when the article changes; the copy stays until there is another', async () => {
    const world = await openWorld();
    const id = await world.show('# One\n\n![a](a.png)');
    world.files.set('kb/a.png', { kind: 'image', image: image('old') });
    await world.keep();
    world.files.clear();
    await world.show('# One\n\nNow with a word more. ![a](a.png)');
    expect(await world.keep()).toBe(1);
    expect((await world.store.listCopies(id)).size).toBe(1);
    world.files.set('kb/a.png', { kind: 'image', image: image('new') });
    world.wait(49 * hourMs);
    expect(await world.keep()).toBe(1);
    const [copy] = (await world.store.listCopies(id)).values();
    expect(Buffer.from((await world.store.loadImage(copy?.hash ?? ''))?.bytes ?? []).toString()).toBe('new');
    expect(await world.store.deleteUnusedContents()).toBe(1);
  });

  test('that cannot be read are asked for less and less often, and then no more', async () => {
    const world = await openWorld();
    await world.show('# One\n\n![a](a.png)');
    for (let hour = 0; hour < 24 * 100; hour += 12) {
      await world.keep();
      world.wait(12 * hourMs);
    }
    expect(world.asked).toHaveLength(5);
  });

  test('on the web are left alone unless the operator allows it', async () => {
    const world = await openWorld(['file']);
    await world.show('# One\n\n![a](https://cdn.example/a.png) ![b](b.png)');
    await world.keep();
    expect(world.asked).toEqual(['kb/b.png']);
  });

  test('go with their source', async () => {
    const world = await openWorld();
    await world.show('# One\n\n![a](a.png)');
    world.files.set('kb/a.png', { kind: 'image', image: image('bytes') });
    await world.keep();
    await world.database.db.deleteFrom('sources').execute();
    expect(await world.store.deleteUnusedContents()).toBe(1);
    expect(await world.database.db.selectFrom('images').selectAll().execute()).toEqual([]);
  });
});
