import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createCommunityWorld } from '../../tests/factories/community-world.ts';
import { wordDecisions } from '../community/word-decisions.ts';
import { asId, type FeedbackId, type Instant } from '../knowledge/ids.ts';
import { createAuthorNotices } from './feedback-notices.ts';

const minuteMs = 60_000;
const startMs = Date.parse('2026-03-02T09:00:00Z');

describeOnBothDatabases('authors', (databases) => {
  test('are told what was decided, together, at most once in 20 hours, and nothing twice', async () => {
    const world = await createCommunityWorld(await databases.open());
    const { write, join, person, community, database } = world;
    const notices = createAuthorNotices(database);
    const at = (ms: number) => asId<Instant>(startMs + ms);
    const [ada, moderator] = [await join(), await join()];
    const decide = (id: FeedbackId, verdict: 'agree' | 'disagree') =>
      community.decide({
        moderatorId: moderator,
        verdict,
        on: [{ feedbackId: id, reason: 'wrong-article' }],
      });
    const [one, two, three] = [
      await write({ person: person(ada) }),
      await write({ person: person(ada), text: 'Another way did it for me.' }),
      await write({ person: person(ada), text: 'A third way, too.' }),
    ];
    await decide(one, 'agree');
    await decide(two, 'agree');
    await decide(two, 'disagree');
    expect(await notices.listAuthorsToTell(at(minuteMs))).toEqual([]);
    const [author] = await notices.listAuthorsToTell(at(10 * minuteMs));
    expect(author).toMatchObject({ accountId: ada });
    const words = wordDecisions(author?.decisions ?? []);
    // What came back to where it was is no news.
    expect(words).toEqual({
      subject: 'About your feedback',
      paragraphs: [
        'Below “Updates fail”: it is folded to one line, since readers or a moderator said that it is about another article.',
        'If that is wrong, appeal on the page below: a moderator looks at it again.',
      ],
    });
    const ids = (author?.decisions ?? []).map((decision) => decision.id);
    expect(ids).toHaveLength(3);
    await notices.markTold(ada, ids, at(10 * minuteMs));
    await notices.markTold(ada, ids, at(11 * minuteMs));
    await decide(three, 'agree');
    expect(await notices.listAuthorsToTell(at(19 * 60 * minuteMs))).toEqual([]);
    const [again] = await notices.listAuthorsToTell(at(21 * 60 * minuteMs));
    expect(again?.decisions.map((decision) => decision.feedbackId)).toEqual([three]);
  });
});
