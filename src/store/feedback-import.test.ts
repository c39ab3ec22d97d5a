import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createCommunityWorld } from '../../tests/factories/community-world.ts';
import { importFeedback } from '../community/import-feedback.ts';

describeOnBothDatabases('old feedback', (databases) => {
  async function open() {
    const world = await createCommunityWorld(await databases.open());
    const { store, articleId } = world;
    const take = (...lines: (object | string)[]) =>
      importFeedback(
        lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))),
        {
          store,
          findArticle: async (name) => (name === 'KB910336' ? articleId : null),
          findRevisionAt: async (_, instant) => (instant < Date.UTC(2020, 0, 1) ? 0 : 1),
          findTechnology: async () => null,
        },
      );
    return { ...world, take };
  }
  const old = {
    article: 'KB910336',
    author: 'Tim',
    written: '2006-03-19T10:53:00Z',
    text: 'I tried it, and it was fine.',
  };

  test('comes with names, dates and what was reported, once however often the file is taken', async () => {
    const { take, store, articleId } = await open();
    const lines = [
      old,
      {
        ...old,
        author: '',
        text: 'DO NOT TRY IT. It broke my machine. bob@x.example',
        written: '2021-01-01T00:00:00+02:00',
      },
      { ...old, state: 'reported', text: 'What is a prompt?', outcome: 'no' },
      { ...old, author: 'Ann', text: 'I tried it and it was fine!' },
    ];
    expect(await take(...lines)).toEqual({ imported: 4, known: 0, problems: [] });
    expect(await take(...lines)).toEqual({ imported: 0, known: 4, problems: [] });
    expect(await store.listFeedbackOfArticle(articleId)).toMatchObject([
      { authorName: 'Tim', writtenAt: Date.parse(old.written), revision: 0, state: 'shown', outcome: null },
      { state: 'folded', outcome: 'no' },
      { authorName: 'Ann', state: 'merged' },
      { didHarm: true, revision: 1, body: 'DO NOT TRY IT. It broke my machine. [e-mail address masked]' },
    ]);
  });

  test('that can not be taken is told by its line, and the rest is taken', async () => {
    const { take } = await open();
    const report = await take(
      '{',
      old,
      '',
      { ...old, article: 'KB1' },
      { ...old, outcome: 'maybe' },
      { ...old, written: 'then' },
    );
    expect(report.imported).toBe(1);
    expect(report.problems.map(({ line }) => line)).toEqual([1, 4, 5, 6]);
    expect(report.problems[1]?.problem).toBe('There is no article "KB1".');
  });

  test('of the starter knowledge base is whole', async () => {
    const { take, store, articleId } = await open();
    const file = new URL('../../starter-kb/feedback.jsonl', import.meta.url);
    const report = await take(...readFileSync(file, 'utf8').split('\n'));
    expect(report).toEqual({ imported: 8, known: 0, problems: [] });
    const states = (await store.listFeedbackOfArticle(articleId)).map((one) => one.state);
    expect(states.filter((state) => state === 'folded')).toHaveLength(1);
    expect(states.filter((state) => state === 'merged')).toHaveLength(1);
  });
});
