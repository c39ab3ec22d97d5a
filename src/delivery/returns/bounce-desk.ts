import type { Clock } from '../../knowledge/clock.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import type { BounceKind } from '../bounces/bounce-report.ts';
import { domainOf } from '../messages/message-settings.ts';
import { toLine } from '../messages/plain-text.ts';
import {
  decideOnBounce,
  isRefusedByDomain,
  pauseLastsMs,
  pausesInRowMs,
  refusalWindowMs,
  softWindowDays,
} from './decide-on-bounce.ts';

/** One refusal of one address, by a report that came back or in the dialogue with a server. */
export type Bounce = {
  readonly address: string;
  readonly kind: BounceKind;
  readonly reason: string;
  readonly status: string | null;
  /** What the server said. */
  readonly diagnostic: string;
};

/** Where bounces and what follows from them are kept. */
export type BounceLedger = {
  recordBounce(
    bounce: {
      readonly addressKey: string;
      readonly kind: BounceKind;
      readonly reason: string;
      readonly status: string | null;
      readonly diagnostic: string;
      readonly receivedAt: Instant;
    },
    withinDays: number,
  ): Promise<{ readonly softDays: number }>;
  suppress(suppression: {
    readonly addressKey: string;
    readonly reason: string;
    readonly detail: string;
    readonly createdAt: Instant;
    readonly expiresAt: Instant | null;
  }): Promise<boolean>;
  /** How many addresses of the domain were refused for policy since then, and how many accounts are there. */
  weighRefusals(
    domain: string,
    since: Instant,
  ): Promise<{ readonly refused: number; readonly accounts: number }>;
  pauseDomain(pause: {
    readonly domain: string;
    readonly reason: string;
    readonly diagnostic: string;
    readonly pausedAt: Instant;
    readonly lastsMs: (pauses: number) => number;
    readonly rowMs: number;
  }): Promise<{ readonly pauses: number; readonly pausedUntil: Instant } | null>;
};

export type BounceOutcome = 'suppressed' | 'counted' | 'domain-paused';

/** Takes bounces from wherever they come and does what follows from them, by one judgement. */
export type BounceDesk = { takeBounce(bounce: Bounce): Promise<BounceOutcome> };

export function createBounceDesk(parts: {
  readonly ledger: BounceLedger;
  readonly clock: Clock;
  /** The form in which two addresses are the same person's. */
  readonly keyOf: (address: string) => string;
}): BounceDesk {
  const { ledger, clock, keyOf } = parts;

  const pause = async ({ address, reason, diagnostic }: Bounce, now: Instant): Promise<BounceOutcome> => {
    const domain = domainOf(address);
    const since = asId<Instant>(now - refusalWindowMs);
    if (!isRefusedByDomain(await ledger.weighRefusals(domain, since))) return 'counted';
    // Null: since before. Administrators hear of it as of everything else that is wrong.
    await ledger.pauseDomain({
      domain,
      reason,
      diagnostic: toLine(diagnostic).slice(0, 500),
      pausedAt: now,
      lastsMs: pauseLastsMs,
      rowMs: pausesInRowMs,
    });
    return 'domain-paused';
  };

  return {
    async takeBounce(bounce) {
      const now = clock.now();
      const addressKey = keyOf(bounce.address);
      const { kind, reason, status } = bounce;
      const diagnostic = toLine(bounce.diagnostic).slice(0, 500);
      const { softDays } = await ledger.recordBounce(
        { addressKey, kind, reason, status, diagnostic, receivedAt: now },
        softWindowDays,
      );
      const decision = decideOnBounce(kind, softDays);
      if (decision.kind === 'count') return 'counted';
      if (decision.kind === 'pause-domain') return pause(bounce, now);
      await ledger.suppress({
        addressKey,
        reason: decision.reason,
        detail: diagnostic,
        createdAt: now,
        expiresAt: decision.forMs === null ? null : asId<Instant>(now + decision.forMs),
      });
      return 'suppressed';
    },
  };
}
