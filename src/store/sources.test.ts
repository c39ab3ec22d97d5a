import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant, type SourceId } from '../knowledge/ids.ts';
import { createSourceStore, type NewSource } from './sources.ts';

const draft = (name: string): NewSource => ({
  name,
  title: 'Exchange',
  kind: 'git',
  url: 'https://git.example/kb.git',
  settings: { branch: 'main', folders: ['Exchange'] },
  schedule: '17 2 * * *',
  licence: 'CC BY 4.0',
  attribution: 'Example',
  createdAt: asId<Instant>(7),
});

describeOnBothDatabases('sources', (databases) => {
  test('are kept as they were added, each name once', async () => {
    const store = createSourceStore(await databases.open());
    const added = await store.add(draft('kb'));
    expect(added).toMatchObject({ kind: 'added', source: { ...draft('kb'), state: 'active' } });
    expect(await store.add({ ...draft('kb'), title: 'Other' })).toEqual({ kind: 'name-taken' });
    await store.add(draft('a-kb'));
    expect((await store.list()).map(({ name }) => name)).toEqual(['a-kb', 'kb']);
    if (added.kind !== 'added') return;
    expect(await store.find('kb')).toEqual(added.source);
    expect(await store.findById(added.source.id)).toEqual(added.source);
    expect(await store.readCursor(added.source.id)).toBeNull();
  });

  test('are changed in what is asked for only', async () => {
    const store = createSourceStore(await databases.open());
    await store.add(draft('kb'));
    expect(await store.update('kb', { state: 'paused', settings: { branch: 'live' } })).toMatchObject({
      state: 'paused',
      settings: { branch: 'live' },
      title: 'Exchange',
    });
    expect(await store.update('kb', {})).toMatchObject({ state: 'paused' });
    expect(await store.update('nobody', { state: 'paused' })).toBeNull();
    expect(await store.find('nobody')).toBeNull();
    expect(await store.findById(asId<SourceId>(99))).toBeNull();
  });
});
