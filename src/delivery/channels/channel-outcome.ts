import type { ChannelKind } from '../../alerts/channel.ts';
import type { PostOutcome } from './post-guarded.ts';

/** What became of a message; `response` is the other side's answer in its own words, cut. */
export type ChannelOutcome =
  | { readonly kind: 'accepted'; readonly response: string }
  /** For now: the same bytes are sent again later, not sooner than `retryAfterMs`. */
  | { readonly kind: 'deferred'; readonly response: string; readonly retryAfterMs: number | null }
  /** This message will never be taken. */
  | { readonly kind: 'failed'; readonly response: string }
  /** The other end is no more, and says so: nothing is sent there again. */
  | { readonly kind: 'gone'; readonly response: string };

const maxResponse = 300;

/**
 * Answers that mean that the other end is no more. Webhooks: 410 alone (Standard Webhooks). Slack: `channel_is_archived`
 * (410), `no_service` and the like (404), `action_prohibited` (403). Teams: the workflow was deleted. Push: RFC 8030,
 * 7.3: the subscription has ended.
 */
const goneBy: Readonly<Record<ChannelKind, readonly number[]>> = {
  webhook: [410],
  slack: [403, 404, 410],
  teams: [404, 410],
  push: [404, 410],
};

/** Answers that will be the same to the same bytes. A webhook is tried again whatever it answers: it may be mended. */
const failedBy: Readonly<Record<ChannelKind, readonly number[]>> = {
  webhook: [],
  slack: [400, 413],
  teams: [413],
  push: [400, 413],
};

/** Judges the answer to a message of the kind. */
export function judgeAnswer(kind: ChannelKind, outcome: PostOutcome, nowMs: number): ChannelOutcome {
  if (outcome.kind === 'refused') return { kind: 'failed', response: `Not sent: ${outcome.because}.` };
  if (outcome.kind === 'failed') return { kind: 'deferred', response: outcome.because, retryAfterMs: null };
  const { status } = outcome;
  const said = outcome.body
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, maxResponse);
  const response = said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
  if (status >= 200 && status < 300) return { kind: 'accepted', response };
  if (goneBy[kind].includes(status)) return { kind: 'gone', response };
  if (failedBy[kind].includes(status)) return { kind: 'failed', response };
  if (status >= 300 && status < 400) {
    return { kind: 'deferred', response: `${response} (redirections are not followed)`, retryAfterMs: null };
  }
  return { kind: 'deferred', response, retryAfterMs: readRetryAfter(outcome.headers['retry-after'], nowMs) };
}

/** RFC 9110, 10.2.3: seconds or a date. */
function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,8}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
