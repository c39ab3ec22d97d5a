import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createCommunityWorld, dayMs } from '../../tests/factories/community-world.ts';
import { listFeatures } from '../community/spam-filter.ts';
import { loadAccountRecord } from './accounts-record.ts';

describeOnBothDatabases('feedback', (databases) => {
  const open = async () => createCommunityWorld(await databases.open());

  test('of an account is shown at once, of strangers and of new accounts with links it is held', async () => {
    const { give, join, person, network, store, articleId, desk } = await open();
    const ada = await join();
    expect(await give({ person: person(ada) })).toMatchObject({ kind: 'shown' });
    expect(await give({ person: network(), text: 'Something else.' })).toMatchObject({ kind: 'held' });
    const link = 'See https://example.org/fix for it.';
    expect(await give({ person: person(await join()), text: link })).toMatchObject({ kind: 'held' });
    expect((await store.listFeedbackOfArticle(articleId)).map((one) => one.accountId)).toEqual([ada]);
    expect((await desk.listQueue(10)).map((queued) => queued.feedback.queuedBecause)).toEqual([
      'anonymous',
      'new-writer',
    ]);
  });

  test('is kept without its secrets', async () => {
    const { give, join, person, store } = await open();
    const given = await give({
      person: person(await join()),
      text: 'Ask bob@corp.example.com, password: hunter22',
      authorName: 'ada@corp.example.com',
    });
    expect(given).toMatchObject({ kind: 'shown' });
    const kept = 'id' in given ? await store.findFeedback(given.id) : null;
    expect(kept?.body).toBe('Ask [e-mail address masked], password: [password masked]');
    expect(kept?.authorName).toBe('[e-mail address masked]');
  });

  test('that says the same is counted with the first, and stands for itself when that is taken back', async () => {
    const { give, write, join, person, store, articleId, community, stateOf } = await open();
    const [ada, bob] = [await join(), await join()];
    const first = await write({ person: person(ada) });
    const second = await give({
      person: person(bob),
      text: 'I stopped the service, and it  WORKED!',
      outcome: 'partly',
    });
    expect(second).toMatchObject({ kind: 'merged' });
    expect(await store.listFeedbackOfArticle(articleId)).toHaveLength(2);
    expect(await community.withdraw(first, bob)).toBe(false);
    expect(await community.withdraw(first, ada)).toBe(true);
    expect('id' in second && (await stateOf(second.id))).toBe('shown');
  });

  test('folds under the reports of several, and is hidden at once as spam of an unproven writer', async () => {
    const { write, join, person, community, stateOf, desk } = await open();
    const [writer, moderator] = [await join(), await join()];
    const id = await write({ person: person(writer) });
    const report = async (reason: 'wrong-article' | 'spam', on = id) =>
      community.reportFeedback({ person: person(await join()), feedbackId: on, reason, note: '' });
    await report('wrong-article');
    expect(await stateOf(id)).toBe('shown');
    for (let n = 0; n < 3; n += 1) await report('wrong-article');
    expect(await stateOf(id)).toBe('folded');
    const spam = await write({ person: person(await join()), text: 'Cheap watches for you.' });
    await report('spam', spam);
    expect(await stateOf(spam)).toBe('hidden');
    expect((await desk.listQueue(10)).map((queued) => queued.feedback.id)).toEqual([id, spam]);
    await community.decide({
      moderatorId: moderator,
      verdict: 'disagree',
      on: [{ feedbackId: id, reason: null }],
    });
    expect(await stateOf(id)).toBe('shown');
    await report('spam');
    expect(await stateOf(id)).toBe('shown');
  });

  test('is reported by each but once, and wrong reporters lose their weight', async () => {
    const { write, join, person, community, stateOf } = await open();
    const [troll, moderator] = [await join(), await join()];
    for (let n = 0; n < 3; n += 1) {
      const id = await write({ person: person(await join()), text: `Step ${n} did it for my server.` });
      const report = { person: person(troll), feedbackId: id, reason: 'spam', note: '' } as const;
      expect(await community.reportFeedback(report)).toEqual({ kind: 'reported' });
      expect(await stateOf(id)).toBe(n === 0 ? 'hidden' : 'shown');
      await community.decide({
        moderatorId: moderator,
        verdict: 'disagree',
        on: [{ feedbackId: id, reason: null }],
      });
      expect(await community.reportFeedback(report)).toEqual({ kind: 'already-reported' });
    }
  });

  test('that was put away can be appealed, once for each decision', async () => {
    const { write, join, person, community, stateOf, desk } = await open();
    const [writer, moderator] = [await join(), await join()];
    const id = await write({ person: person(writer) });
    const decide = (verdict: 'agree' | 'disagree') =>
      community.decide({
        moderatorId: moderator,
        verdict,
        on: [{ feedbackId: id, reason: 'wrong-article' }],
      });
    expect(await community.appeal(id, writer, 'why')).toBe('nothing-to-appeal');
    await decide('agree');
    expect(await stateOf(id)).toBe('folded');
    expect(await community.appeal(id, moderator, 'why')).toBe('not-yours');
    expect(await community.appeal(id, writer, 'It is about this one.')).toBe('appealed');
    expect(await community.appeal(id, writer, 'Please.')).toBe('already-appealed');
    expect((await desk.listQueue(5))[0]).toMatchObject({ appeal: 'It is about this one.' });
    await decide('disagree');
    expect(await stateOf(id)).toBe('shown');
    const steps = (await desk.listTrail({ limit: 9, before: null })).map((line) => line.step);
    expect(steps).toEqual(['disagree', 'appeal', 'agree']);
    expect((await desk.listOwnFeedback(writer))[0]).toMatchObject({ canAppeal: false });
  });

  test('leaves a trail that can only be added to', async () => {
    const { write, join, person, community, database } = await open();
    const id = await write({ person: person(await join()) });
    await community.decide({
      moderatorId: await join(),
      verdict: 'agree',
      on: [{ feedbackId: id, reason: 'abuse' }],
    });
    await expect(sql`update moderation_decisions set step = 'ignore'`.execute(database.db)).rejects.toThrow();
    await expect(sql`delete from moderation_decisions`.execute(database.db)).rejects.toThrow();
  });

  test('teaches the filter, and what is taken back is unlearned', async () => {
    const { write, join, person, community, store } = await open();
    const moderator = await join();
    const id = await write({ person: person(await join()), text: 'cheap watches' });
    const decide = (verdict: 'agree' | 'disagree') =>
      community.decide({ moderatorId: moderator, verdict, on: [{ feedbackId: id, reason: 'spam' }] });
    const read = () => store.loadFilterKnowledge(listFeatures('cheap watches'));
    await decide('agree');
    expect(await read()).toMatchObject({ texts: { good: 0, unwanted: 1 }, words: { good: 0, unwanted: 2 } });
    await decide('agree');
    await decide('disagree');
    expect(await read()).toMatchObject({ texts: { good: 1, unwanted: 0 }, words: { good: 2, unwanted: 0 } });
  });

  test('makes a writer trusted once it stood for days, and more may be written', async () => {
    const { write, give, join, person, store, wait } = await open();
    const ada = await join();
    for (let n = 0; n < 5; n += 1) await write({ person: person(ada), text: `Number ${n} did it.` });
    expect(await give({ person: person(ada), text: 'And this.' })).toMatchObject({ kind: 'limited' });
    wait(4 * dayMs);
    const given = await give({ person: person(ada), text: 'See https://example.org/x' });
    expect(given).toMatchObject({ kind: 'shown' });
    expect('id' in given && (await store.findFeedback(given.id))?.standing).toBe('trusted');
  });

  test('stays without a name when its writer leaves', async () => {
    const { write, join, person, store, database } = await open();
    const ada = await join();
    const id = await write({ person: person(ada), authorName: 'Ada' });
    await database.db.deleteFrom('accounts').where('id', '=', ada).execute();
    expect(await store.findFeedback(id)).toMatchObject({ accountId: null, authorName: '', state: 'shown' });
  });

  test('is in what is kept of its writer', async () => {
    const { write, join, person, community, database } = await open();
    const [ada, bob] = [await join(), await join()];
    const id = await write({ person: person(ada), text: 'It was the cable.' });
    await community.reportFeedback({ person: person(bob), feedbackId: id, reason: 'abuse', note: 'rude' });
    expect(await loadAccountRecord(database.db, ada)).toMatchObject({
      feedback: { written: [{ text: 'It was the cable.', outcome: 'yes' }], reports: [] },
    });
    expect(await loadAccountRecord(database.db, bob)).toMatchObject({
      feedback: { written: [], reports: [{ reason: 'abuse', note: 'rude' }] },
    });
  });

  test('helps each reader once, and not its writer', async () => {
    const { write, join, person, store, community } = await open();
    const [ada, bob] = [await join(), await join()];
    const id = await write({ person: person(ada) });
    expect(await community.markHelped(id, ada)).toBe(false);
    expect(await community.markHelped(id, bob)).toBe(true);
    expect(await community.markHelped(id, bob)).toBe(false);
    expect(await store.findFeedback(id)).toMatchObject({ helped: 1 });
  });
});
