import { hash } from 'node:crypto';
import type { Clock } from '../knowledge/clock.ts';
import type { AccountId, ArticleId, FeedbackId, TechnologyId } from '../knowledge/ids.ts';
import { admitFeedback } from './admit-feedback.ts';
import { findDuplicate } from './duplicates.ts';
import type { FeedbackState, Outcome, ReportReason } from './feedback.ts';
import type { FeedbackStore } from './feedback-store.ts';
import { hasLinks } from './feedback-text.ts';
import { judgeFeedback, type Verdict } from './judge-feedback.ts';
import { type MaskedText, maskSecrets } from './mask-secrets.ts';
import { judgeText, listFeatures } from './spam-filter.ts';
import { allowanceOf, standingOf } from './trust.ts';
import { soundsHarmful } from './warnings.ts';
import { weighReports } from './weigh-reports.ts';

export const maxTextLength = 5000;
export const maxNameLength = 40;
const maxNoteLength = 500;
const hourMs = 3_600_000;

export type CommunityPorts = {
  readonly store: FeedbackStore;
  readonly permits: Permits;
  readonly clock: Clock;
  /** Whether people without an account may write. */
  readonly takesAnonymous: boolean;
};

/** Counts what somebody does in a window of time. */
export type Permits = {
  takePermits(request: {
    readonly name: string;
    readonly key: string;
    readonly limit: number;
    readonly windowMs: number;
    readonly now: ReturnType<Clock['now']>;
  }): Promise<{ readonly kind: 'granted' } | { readonly kind: 'limited'; readonly retryAfterMs: number }>;
};

/** Who does something: an account, or somebody known by the network alone. */
export type Person = { readonly accountId: AccountId | null; readonly network: string };

export type WrittenFeedback = {
  readonly person: Person;
  readonly articleId: ArticleId;
  readonly revision: number;
  readonly authorName: string;
  readonly outcome: Outcome;
  readonly didHarm: boolean;
  readonly technologyId: TechnologyId | null;
  readonly version: string;
  readonly text: string;
};

export type GivenFeedback =
  | {
      readonly kind: Extract<FeedbackState, 'shown' | 'held' | 'merged'>;
      readonly id: FeedbackId;
      readonly masked: MaskedText['masked'];
    }
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  | { readonly kind: 'no-anonymous' | 'no-text' | 'too-long' };

/** What readers, writers and moderators do with feedback. */
export type Community = ReturnType<typeof createCommunity>;

export function createCommunity({ store, permits, clock, takesAnonymous }: CommunityPorts) {
  const take = (name: string, key: string, allowance: { limit: number; windowMs: number }) =>
    permits.takePermits({ name, key, ...allowance, now: clock.now() });

  return {
    takesAnonymous,

    /** Masks what is secret, decides whether it is shown, held or merged, and keeps it. */
    async giveFeedback(written: WrittenFeedback): Promise<GivenFeedback> {
      const { person, articleId } = written;
      const { accountId } = person;
      if (accountId === null && !takesAnonymous) return { kind: 'no-anonymous' };
      const body = written.text.replace(/\r\n?/g, '\n').trim();
      if (body.length > maxTextLength) return { kind: 'too-long' };
      // An outcome alone needs an account: else anybody could make a tally say anything.
      if (body === '' && accountId === null) return { kind: 'no-text' };
      const now = clock.now();
      const record = accountId === null ? null : await store.loadWriterRecord(accountId, now);
      const standing = standingOf(record);
      const permit = await take(
        `feedback-${standing}`,
        accountId === null ? person.network : String(accountId),
        allowanceOf(standing),
      );
      if (permit.kind === 'limited') return permit;

      const text = maskSecrets(body);
      const name = maskSecrets(written.authorName.replace(/\s+/g, ' ').trim());
      const version = maskSecrets(written.version.replace(/\s+/g, ' ').trim());
      const earlier = await store.listEarlierTexts(articleId);
      const duplicateId = findDuplicate(text.text, earlier);
      const knowledge = await store.loadFilterKnowledge(listFeatures(text.text));
      const suspicion = text.text === '' ? null : judgeText(text.text, knowledge);
      const admission = admitFeedback({
        standing,
        hasLinks: hasLinks(text.text) || hasLinks(name.text) || hasLinks(version.text),
        hasPutAway: (record?.putAway ?? 0) > 0,
        suspicion,
        duplicate: earlier.find((one) => one.id === duplicateId) ?? null,
      });
      const id = await store.insertFeedback({
        articleId,
        revision: written.revision,
        accountId,
        authorName: name.text.slice(0, maxNameLength),
        outcome: written.outcome,
        didHarm: written.didHarm || (written.outcome === 'no' && soundsHarmful(text.text)),
        technologyId: written.technologyId,
        version: version.text.slice(0, maxNameLength),
        body: text.text,
        standing,
        writtenAt: now,
        suspicion,
        importKey: null,
        ...admission,
      });
      return { kind: admission.state, id, masked: [...text.masked, ...name.masked, ...version.masked] };
    },

    /** Any reader's word that feedback is irrelevant; weighed at once. */
    async reportFeedback(report: {
      readonly person: Person;
      readonly feedbackId: FeedbackId;
      readonly reason: ReportReason;
      readonly note: string;
    }) {
      const { person, feedbackId, reason } = report;
      const { accountId, network } = person;
      const permit = await take('feedback-report', accountId === null ? network : String(accountId), {
        limit: 30,
        windowMs: hourMs,
      });
      if (permit.kind === 'limited') return permit;
      const kind = await store.recordReport({
        feedbackId,
        accountId,
        // Told apart on this feedback only: no list of what somebody reported can be made of it.
        reporterKey:
          accountId === null
            ? `network:${hash('sha256', `${feedbackId} ${network}`).slice(0, 32)}`
            : `account:${accountId}`,
        reason,
        note: maskSecrets(report.note.trim()).text.slice(0, maxNoteLength),
        now: clock.now(),
        weigh: weighReports,
      });
      return { kind };
    },

    /** "This helped me": false where it was said before. */
    markHelped: (id: FeedbackId, accountId: AccountId) => store.addHelped(id, accountId, clock.now()),

    /** A moderator's word on each; feedback that is gone is passed over. Returns how many there were. */
    async decide(decision: {
      readonly moderatorId: AccountId;
      readonly verdict: Verdict;
      readonly on: readonly { readonly feedbackId: FeedbackId; readonly reason: ReportReason | null }[];
    }): Promise<number> {
      const { moderatorId, verdict } = decision;
      let decided = 0;
      for (const { feedbackId, reason } of decision.on) {
        const judge = (state: FeedbackState, because: ReportReason) =>
          judgeFeedback(verdict, { state, reason: because });
        const now = clock.now();
        const state = await store.recordDecision({ feedbackId, moderatorId, verdict, reason, now, judge });
        if (state !== null) decided += 1;
      }
      return decided;
    },

    /** The writer asks a moderator to look again. */
    appeal: (feedbackId: FeedbackId, accountId: AccountId, text: string) =>
      store.recordAppeal({
        feedbackId,
        accountId,
        text: maskSecrets(text.trim()).text.slice(0, maxNoteLength),
        now: clock.now(),
      }),

    /** The writer takes it back. */
    withdraw: (id: FeedbackId, accountId: AccountId) => store.withdrawFeedback(id, accountId, clock.now()),
  };
}
