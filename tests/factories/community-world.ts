import { createCommunity, type WrittenFeedback } from '../../src/community/community.ts';
import { type AccountId, asId, type FeedbackId, type Instant } from '../../src/knowledge/ids.ts';
import type { Database } from '../../src/store/database.ts';
import { createFeedbackStore } from '../../src/store/feedback.ts';
import { createModerationDesk } from '../../src/store/feedback-desk.ts';
import { createRateLimits } from '../../src/store/rate-limits.ts';
import { createLedgerWorld } from './ledger-world.ts';

export const dayMs = 86_400_000;

/** Feedback over a real store, with a clock of the test's own. */
export async function createCommunityWorld(database: Database, { takesAnonymous = true } = {}) {
  const ledger = await createLedgerWorld(database);
  let now = Date.parse('2026-03-02T09:00:00Z');
  const store = createFeedbackStore(database);
  const community = createCommunity({
    store,
    permits: createRateLimits(database),
    clock: { now: () => asId<Instant>(now) },
    takesAnonymous,
  });
  const articleId = await ledger.addArticle('Updates fail');
  const network = (n = 1) => ({ accountId: null, network: `192.0.2.${n}` });
  const person = (accountId: AccountId) => ({ accountId, network: '192.0.2.1' });
  const give = async (given: Partial<WrittenFeedback> & Pick<WrittenFeedback, 'person'>) =>
    community.giveFeedback({
      articleId,
      revision: 1,
      authorName: '',
      outcome: 'yes',
      didHarm: false,
      technologyId: null,
      version: '',
      text: 'I stopped the service and it worked.',
      ...given,
    });
  /** Feedback that was taken. */
  const write = async (given: Parameters<typeof give>[0]): Promise<FeedbackId> => {
    const outcome = await give(given);
    if (!('id' in outcome)) throw new Error(outcome.kind);
    return outcome.id;
  };
  return {
    database,
    ledger,
    store,
    desk: createModerationDesk(database),
    community,
    articleId,
    network,
    person,
    give,
    write,
    join: () => ledger.addAccount(),
    wait(ms: number) {
      now += ms;
    },
    async stateOf(id: FeedbackId) {
      return (await store.findFeedback(id))?.state;
    },
  };
}
