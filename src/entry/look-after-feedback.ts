import { wordDecisions } from '../community/word-decisions.ts';
import { createAuthorNotices } from '../store/feedback-notices.ts';
import { acquireLease, nameHolder, releaseLease } from '../store/leases.ts';
import type { Parts } from './compose.ts';
import { importStarterFeedback } from './compose-community.ts';

const leaseMs = 60_000;

/** What happens to feedback without a visitor: examples are taken in once, and authors are told what was decided. */
export function lookAfterFeedback(
  parts: Parameters<typeof importStarterFeedback>[0] & Pick<Parts, 'config' | 'clock' | 'mailer'>,
): () => Promise<void> {
  let hasExamples = false;
  return async () => {
    if (!hasExamples) hasExamples = await importStarterFeedback(parts);
    await tellAuthors(parts);
  };
}

/** One process at a time, so that nobody is told twice. */
async function tellAuthors({
  database,
  clock,
  mailer,
  config,
}: Pick<Parts, 'database' | 'clock' | 'mailer' | 'config'>): Promise<void> {
  const { db } = database;
  const claim = { name: 'tell authors', holder: nameHolder(), durationMs: leaseMs };
  const notices = createAuthorNotices(database);
  if ((await notices.listAuthorsToTell(clock.now())).length === 0) return;
  const acquired = await acquireLease(db, claim);
  if (acquired.kind === 'held') return;
  try {
    for (const { accountId, address, decisions } of await notices.listAuthorsToTell(clock.now())) {
      const words = wordDecisions(decisions);
      if (words !== null) {
        await mailer.queueNotice({
          accountId,
          address,
          notice: { kind: 'feedback-note', ...words, link: `${config.publicUrl}/account/feedback` },
        });
      }
      // After the mail is on disk: a crash in between tells it again on another day, and never loses it.
      const ids = decisions.map(({ id }) => id);
      await notices.markTold(accountId, ids, clock.now());
    }
  } finally {
    await releaseLease(db, acquired.lease);
  }
}
