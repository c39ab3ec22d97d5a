import type { ReportReason } from '../../src/community/feedback.ts';
import type { Verdict } from '../../src/community/judge-feedback.ts';
import type { AccountId, ArticleId, FeedbackId } from '../../src/knowledge/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createCommunityWorld } from './community-world.ts';
import { type Kind, writeText } from './simulated-texts.ts';

/** What a simulation came to, in feedback whose truth is known. */
export type SimulationResult = {
  readonly written: number;
  readonly good: number;
  /** Good ones that readers can't see at the end: held, folded or hidden. */
  readonly goodHidden: number;
  /** Spam and abuse. */
  readonly spam: number;
  readonly spamVisible: number;
  /** Share of the time since they were written in which good ones could not be seen, and spam could. */
  readonly goodHiddenTime: number;
  readonly spamVisibleTime: number;
  readonly decisions: number;
  readonly reports: number;
};

type Item = {
  readonly id: FeedbackId;
  readonly kind: Kind;
  readonly author: AccountId | null;
  readonly writtenAt: number;
  away: number;
  isVisible: boolean;
  hasAppealed: boolean;
};

type Reporter = { readonly account: AccountId | null; readonly accuracy: number; readonly zeal: number };

const hourMs = 3_600_000;
const stepMs = 6 * hourMs;
const isSpam = (kind: Kind) => kind === 'spam' || kind === 'abuse';
const truth: Readonly<Record<Exclude<Kind, 'good'>, ReportReason>> = {
  spam: 'spam',
  abuse: 'abuse',
  stray: 'wrong-article',
  dangerous: 'dangerous-advice',
};

/**
 * A site over months: honest writers with and without accounts, spammers with an account for every few texts, abuse,
 * stray and dangerous texts; reporters from careful ones to trolls that report what is good; moderators who come four
 * times a day, read at most `moderatorsRead` each time and are wrong now and then. `moderatorsRead` 0: nobody comes.
 */
export async function simulateModeration(options: {
  readonly seed: number;
  readonly feedbacks: number;
  readonly moderatorsRead?: number;
  readonly moderatorAccuracy?: number;
}): Promise<SimulationResult> {
  const { feedbacks, moderatorsRead = 60, moderatorAccuracy = 0.985 } = options;
  const random = createRandom(options.seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T; // lists are not empty
  const database = openDatabase({ file: ':memory:' });
  await migrate(database);
  const world = await createCommunityWorld(database);
  const { community, desk, store, ledger } = world;

  const articles: ArticleId[] = [];
  for (let n = 0; n < 120; n += 1) articles.push(await ledger.addArticle());
  const honest: AccountId[] = [];
  for (let n = 0; n < 400; n += 1) honest.push(await ledger.addAccount());
  const moderator = await ledger.addAccount();
  const reporters: Reporter[] = [];
  for (let n = 0; n < 120; n += 1) {
    const accuracy = n < 70 ? 0.95 : n < 100 ? 0.75 : 0.2;
    reporters.push({ account: await ledger.addAccount(), accuracy, zeal: n < 100 ? 0.5 : 1 });
  }
  for (let n = 0; n < 30; n += 1) reporters.push({ account: null, accuracy: 0.7, zeal: 0.5 });

  const items = new Map<FeedbackId, Item>();
  const recent: Item[] = [];
  let [decisions, reports, now, spammer, spammerLeft] = [0, 0, 0, await ledger.addAccount(), 3];

  const person = (account: AccountId | null) => ({
    accountId: account,
    network: `198.51.${Math.floor(random() * 200)}.${Math.floor(random() * 250)}`,
  });
  const chooseAuthor = async (kind: Kind): Promise<AccountId | null> => {
    if (random() < (kind === 'abuse' ? 0.5 : 0.2)) return null;
    if (!isSpam(kind)) return pick(honest);
    if (spammerLeft === 0) [spammer, spammerLeft] = [await ledger.addAccount(), 1 + Math.floor(random() * 5)];
    spammerLeft -= 1;
    return spammer;
  };
  const write = async () => {
    const share = random();
    const kind: Kind =
      share < 0.8
        ? 'good'
        : share < 0.92
          ? 'spam'
          : share < 0.95
            ? 'abuse'
            : share < 0.98
              ? 'stray'
              : 'dangerous';
    const author = await chooseAuthor(kind);
    const given = await community.giveFeedback({
      person: person(author),
      articleId: pick(articles),
      revision: 1,
      authorName: '',
      outcome: pick(['yes', 'yes', 'partly', 'no'] as const),
      didHarm: false,
      technologyId: null,
      version: '',
      text: writeText(kind, random),
    });
    if (!('id' in given)) return; // too much at once: nobody sees it
    const item: Item = {
      id: given.id,
      kind,
      author,
      writtenAt: now,
      away: 0,
      isVisible: given.kind !== 'held',
      hasAppealed: false,
    };
    items.set(given.id, item);
    recent.push(item);
  };
  /** A reader who sees something says so now and then; trolls report what is good. */
  const read = async (item: Item) => {
    const { account, accuracy, zeal } = pick(reporters);
    const isRight = random() < accuracy;
    const isBad = item.kind !== 'good';
    if (random() > (isBad === isRight ? zeal : 0) || (isBad ? !isRight : isRight)) return;
    const reason =
      item.kind === 'good' ? pick(['spam', 'abuse', 'wrong-article'] as const) : truth[item.kind];
    const { kind } = await community.reportFeedback({
      person: person(account),
      feedbackId: item.id,
      reason,
      note: '',
    });
    if (kind === 'reported') reports += 1;
  };
  const moderate = async () => {
    if (moderatorsRead === 0) return;
    for (const { feedback } of await desk.listQueue(moderatorsRead)) {
      const item = items.get(feedback.id);
      if (item === undefined) continue;
      const isBad = item.kind !== 'good';
      const isRight = random() < moderatorAccuracy;
      const verdict: Verdict = isBad === isRight ? 'agree' : 'disagree';
      const reason = item.kind === 'good' ? null : truth[item.kind];
      decisions += await community.decide({
        moderatorId: moderator,
        verdict,
        on: [{ feedbackId: item.id, reason }],
      });
    }
  };
  const look = async () => {
    const rows = await database.db.selectFrom('feedback').select(['id', 'state']).execute();
    const states = new Map(rows.map((row) => [row.id, row.state]));
    for (const item of items.values()) {
      const state = states.get(item.id);
      item.isVisible = state === 'shown' || state === 'merged';
      if (item.isVisible === isSpam(item.kind)) item.away += stepMs;
    }
  };
  const appeal = async () => {
    for (const item of items.values()) {
      if (item.kind !== 'good' || item.isVisible || item.author === null || item.hasAppealed) continue;
      item.hasAppealed = true;
      if (random() < 0.5) await community.appeal(item.id, item.author, 'Please look again.');
    }
  };

  const perStep = 20;
  for (let written = 0; written < feedbacks; ) {
    for (let n = 0; n < perStep && written < feedbacks; n += 1, written += 1) await write();
    for (const item of recent.slice(-400)) {
      if (item.isVisible && random() < (item.writtenAt > now - 4 * stepMs ? 0.3 : 0.05)) await read(item);
    }
    world.wait(stepMs);
    now += stepMs;
    await moderate();
    await look();
    await appeal();
  }
  const all = [...items.values()];
  const good = all.filter((item) => item.kind === 'good');
  const spam = all.filter((item) => isSpam(item.kind));
  const shareOfTime = (some: readonly Item[]) =>
    some.reduce((sum, item) => sum + item.away, 0) /
    some.reduce((sum, item) => sum + now - item.writtenAt, 0);
  void store;
  await database.close();
  return {
    written: all.length,
    good: good.length,
    goodHidden: good.filter((item) => !item.isVisible).length,
    spam: spam.length,
    spamVisible: spam.filter((item) => item.isVisible).length,
    goodHiddenTime: shareOfTime(good),
    spamVisibleTime: shareOfTime(spam),
    decisions,
    reports,
  };
}

/** The same numbers for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
