import type { Clock } from '../../knowledge/clock.ts';
import { domainOf } from '../messages/message-settings.ts';
import type { SendOutcome } from './transport.ts';

/** How hard the servers of one domain are pressed. */
export type DomainLimits = {
  /** Attempts under way at a time. */
  readonly concurrency: number;
  readonly perMinute: number;
};

/** Keeps a process from pressing a domain, or a mail server that is down. */
export type DomainGate = {
  /** Domains that nothing is to be claimed for now, and whether that goes for all. */
  listClosed(): { readonly all: boolean; readonly domains: readonly string[] };
  /** Waits until one more attempt may go to the address's domain; `leave` with how it ended. */
  enter(address: string): Promise<{ leave(outcome: SendOutcome['kind'] | 'unreachable'): void }>;
};

type Domain = {
  underWay: number;
  /** Attempts that may begin at once; grows with time up to a tenth of a minute's worth. */
  permits: number;
  countedAt: number;
  failures: number;
  closedUntil: number;
  readonly waiting: (() => void)[];
};

const failuresToClose = 3;
const firstCloseMs = 60_000;
const longestCloseMs = 3_600_000;
const firstOutageMs = 5000;
const longestOutageMs = 300_000;
const maxRemembered = 10_000;

/**
 * A domain that puts three attempts off in a row is left alone for a minute, then twice as long each time, up to an hour;
 * one acceptance opens it. A mail server that can't be reached at all is tried again after 5 seconds, then twice as long,
 * up to 5 minutes.
 */
export function createDomainGate(parts: {
  readonly clock: Clock;
  readonly limits: DomainLimits;
  readonly sleep: (durationMs: number) => Promise<void>;
}): DomainGate {
  const { clock, limits, sleep } = parts;
  const domains = new Map<string, Domain>();
  const burst = Math.max(limits.concurrency, Math.ceil(limits.perMinute / 10));
  const outage = { failures: 0, until: 0 };

  const domainNamed = (name: string): Domain => {
    const known = domains.get(name);
    if (known) return known;
    if (domains.size >= maxRemembered) forgetIdle(domains, clock.now());
    const domain = {
      underWay: 0,
      permits: burst,
      countedAt: clock.now(),
      failures: 0,
      closedUntil: 0,
      waiting: [],
    };
    domains.set(name, domain);
    return domain;
  };

  const refill = (domain: Domain): void => {
    const now = clock.now();
    const grown = (Math.max(0, now - domain.countedAt) * limits.perMinute) / 60_000;
    domain.permits = Math.min(burst, domain.permits + grown);
    domain.countedAt = now;
  };

  const close = (domain: Domain): void => {
    domain.failures += 1;
    if (domain.failures < failuresToClose) return;
    const lastsMs = Math.min(firstCloseMs * 2 ** (domain.failures - failuresToClose), longestCloseMs);
    domain.closedUntil = clock.now() + lastsMs;
  };

  const note = (domain: Domain, outcome: SendOutcome['kind'] | 'unreachable'): void => {
    if (outcome === 'unreachable') {
      // Attempts that were under way together fail together: they count once.
      if (clock.now() < outage.until) return;
      outage.failures += 1;
      outage.until = clock.now() + Math.min(firstOutageMs * 2 ** (outage.failures - 1), longestOutageMs);
      return;
    }
    outage.failures = 0;
    outage.until = 0;
    if (outcome === 'deferred') close(domain);
    else {
      domain.failures = 0;
      domain.closedUntil = 0;
    }
  };

  return {
    listClosed() {
      const now = clock.now();
      const closed = [...domains].filter(([, domain]) => {
        if (domain.closedUntil > now) return true;
        if (domain.permits >= 1) return false; // they only grow: no need to count each of thousands of domains
        refill(domain);
        return domain.permits < 1;
      });
      return { all: outage.until > now, domains: closed.map(([name]) => name) };
    },

    async enter(address) {
      const domain = domainNamed(domainOf(address));
      while (domain.underWay >= limits.concurrency) {
        await new Promise<void>((resolve) => domain.waiting.push(resolve));
      }
      domain.underWay += 1;
      refill(domain);
      domain.permits -= 1;
      if (domain.permits < 0) await sleep((-domain.permits * 60_000) / limits.perMinute);
      return {
        leave(outcome) {
          domain.underWay -= 1;
          note(domain, outcome);
          domain.waiting.shift()?.();
        },
      };
    },
  };
}

function forgetIdle(domains: Map<string, Domain>, now: number): void {
  for (const [name, domain] of domains) {
    if (domain.underWay === 0 && domain.closedUntil <= now && domain.failures === 0) domains.delete(name);
  }
}
