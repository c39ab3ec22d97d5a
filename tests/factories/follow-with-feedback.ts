import type { AccountId } from '../../src/knowledge/ids.ts';
import { asId } from '../../src/knowledge/ids.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import type { LedgerWorld } from './ledger-world.ts';

/** Lets the account follow a new article with its readers' feedback, and somebody say something of it. */
export async function followWithFeedback(ledger: LedgerWorld, accountId: AccountId): Promise<number> {
  const { database } = ledger;
  const subscriptions = createSubscriptionStore(database);
  const articleId = await ledger.addArticle('Updates fail');
  const followed = await subscriptions.follow({
    accountId,
    followed: { kind: 'article', articleId },
    threshold: 'material',
    now: asId(0),
  });
  if (followed.kind !== 'followed') throw new Error(followed.kind);
  await subscriptions.setFeedback(accountId, followed.subscription.id, true);
  const said = {
    article_id: articleId,
    revision: 1,
    author_name: 'Grace',
    outcome: 'yes',
    did_harm: 0,
    version: '',
    body: 'It worked.',
    state: 'shown',
    standing: 'known',
    written_at: 0,
  };
  const { id } = await database.db
    .insertInto('feedback')
    .values(said)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
