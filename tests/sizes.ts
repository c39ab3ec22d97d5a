import { wrongPolicies } from './crash/campaign-settings.ts';

/**
 * How much the long tests do: everyday (`npm test`), and at full length (`npm run test:long`, which is what CI runs).
 * A test proves the same at both lengths; the full one looks at more cases. This is the one place that says of how many.
 */
export const isFull = process.env.KBALERTZ_TESTS === 'full';

/** Cases of a property that takes its time: everyday a fifth of them. */
export const runs = (full: number): number => (isFull ? full : Math.ceil(full / 5));

const size = <Everyday, Full>(everyday: Everyday, full: Full) => (isFull ? full : everyday);

export const sizes = {
  /** Of workers that plan and send, on each database. */
  ledgerKills: size(5, 10),
  /** Ways to go about it wrongly that the checker of the ledger has to notice. */
  wrongMailPolicies: size(['cursor-on-read'] as const, wrongPolicies.mail),
  wrongWebhookPolicies: size(['new-message-id'] as const, wrongPolicies.webhook),
  /** Of workers while the database server crashes, and how it does. */
  crashKills: size(3, 6),
  crashSignals: size(['SIGKILL'] as const, ['SIGKILL', 'SIGQUIT', 'SIGKILL'] as const),
  /** Of processes that scan. */
  scanKills: size(4, 12),
  /** Days that readers live through on SQLite; in 45 days of spring most clocks are changed. */
  simulatedDays: size(45, 365),
  /** Generated histories of the ledger beside its model of sets. */
  simulatedHistories: size(6, 24),
  /** Texts that simulated people write, for each seed. */
  moderated: size({ seeds: [11], feedbacks: 3000 }, { seeds: [11, 12], feedbacks: 10_000 }),
  /** One in so many payloads goes the whole way from a vendor into a browser; all of them are sanitised by unit tests. */
  injectionStep: size(5, 1),
  /** One in so many pages is checked for contrast and sizes of targets in the narrow, dark look too. */
  narrowPageStep: size(3, 1),
  /** Copies made while digests flow, each restored and gone on with. */
  backups: size(1, 3),
  /** Of the worker that lives through the year 2021. */
  replayKills: 40,
} as const;
