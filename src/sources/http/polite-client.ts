import type { Clock } from '../../knowledge/clock.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import { backOffMs, type Random, readRetryAfterMs } from './back-off.ts';
import { type AddressPolicy, checkUrl } from './check-address.ts';
import { describeFailure, type FailureCode } from './describe-failure.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { HostMemory } from './fetch-memory.ts';
import type { Fetched, FetchRequest } from './fetched.ts';
import { createHostTurns, type Sleep } from './host-turns.ts';
import { type BodyLimits, defaultBodyLimits } from './read-body.ts';
import { createRobotsKeeper } from './robots-keeper.ts';

export type PoliteClient = {
  fetch(request: FetchRequest): Promise<Fetched>;
  /** Sitemaps that the robots.txt of the URL's host names. */
  listSitemaps(url: string, signal: AbortSignal): Promise<readonly string[]>;
  close(): Promise<void>;
};

export type Politeness = {
  /** Names the program and how to reach its operator: `kbalertz/1.0 (+https://…; mailto:…)`. */
  readonly userAgent: string;
  /** Between two requests to a host; a longer Crawl-delay wins. */
  readonly gapMs: number;
  readonly maxCrawlDelayMs: number;
  readonly requestsPerNight: number;
  readonly timeoutMs: number;
  /** Attempts at one URL in all, while the failure is one that may pass. */
  readonly attempts: number;
  /** A longer Retry-After ends the night's visit to the host. */
  readonly maxWaitMs: number;
  readonly backOff: { readonly baseMs: number; readonly maxMs: number };
};

export const defaultPoliteness: Omit<Politeness, 'userAgent'> = {
  gapMs: 1000,
  maxCrawlDelayMs: 60_000,
  requestsPerNight: 20_000,
  timeoutMs: 60_000,
  attempts: 3,
  maxWaitMs: 120_000,
  backOff: { baseMs: 2000, maxMs: 60_000 },
};

const maxRedirects = 8;

/**
 * The only way from here to the web: asks robots.txt, keeps a gap between requests and one connection to a host,
 * revalidates what is known, waits when told to, backs off when a server struggles, checks the address at every
 * redirection, and reads no more than it may.
 */
export function createPoliteClient(options: {
  exchange: Exchange;
  memory: HostMemory;
  policy: AddressPolicy;
  politeness: Politeness;
  clock: Clock;
  random: Random;
  sleep: Sleep;
}): PoliteClient {
  const { exchange, memory, policy, politeness, clock, random, sleep } = options;
  const turns = createHostTurns({ now: () => clock.now(), sleep });
  const robots = createRobotsKeeper({
    memory,
    clock,
    fetchRobots: (url, signal) =>
      follow({ url, accept: 'text/plain', maxBytes: 600_000, signal }, { start: url, asksRobots: false }),
  });

  return {
    async fetch(request) {
      const remembered = await memory.recallRedirect(request.url);
      if (remembered === null) return follow(request, { start: request.url, asksRobots: true });
      const fetched = await follow(request, { start: remembered, asksRobots: true });
      if (fetched.kind !== 'missing' && fetched.kind !== 'failed') return fetched;
      // "Permanent" was taken back, or the target moved on: the URL that we know is the one to ask.
      await memory.forgetRedirect(request.url);
      return fetched.kind === 'missing' ? follow(request, { start: request.url, asksRobots: true }) : fetched;
    },
    async listSitemaps(url, signal) {
      const checked = checkUrl(url, policy);
      if (checked.kind === 'refused') return [];
      const found = await robots.findRules(checked.url, signal);
      return found.kind === 'rules' ? found.rules.sitemaps : [];
    },
    close: () => exchange.close(),
  };

  async function follow(
    request: FetchRequest,
    { start, asksRobots }: { start: string; asksRobots: boolean },
  ): Promise<Fetched> {
    let target = start;
    let movedTo = start === request.url ? null : start;
    let isPermanent = true;
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const checked = checkUrl(target, policy);
      if (checked.kind === 'refused') return { kind: 'forbidden', url: target, because: checked.because };
      const { url } = checked;
      const found = asksRobots ? await robots.findRules(url, request.signal) : null;
      if (found?.kind === 'unknown') return found.outcome;
      const rules = found?.rules;
      if (rules?.allows(url.href) === false) {
        return { kind: 'forbidden', url: url.href, because: `robots.txt of ${url.host} forbids it` };
      }
      const delayMs = Math.min(rules?.crawlDelayMs ?? 0, politeness.maxCrawlDelayMs);
      const answer = await askPatiently(url, request, Math.max(politeness.gapMs, delayMs));
      if ('kind' in answer) return answer;

      const location = answer.headers.location;
      const isRedirect = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined;
      if (!isRedirect) return conclude(answer, url.href, movedTo);
      if (!URL.canParse(location, url.href)) {
        return failed(url.href, { code: 'bad-redirect', because: `${url.host} redirects to no URL` });
      }
      target = new URL(location, url).href;
      isPermanent = isPermanent && (answer.status === 301 || answer.status === 308);
      // Only where the whole way is permanent: one temporary step and the old URL is still the one to ask.
      if (isPermanent && asksRobots && checkUrl(target, policy).kind === 'allowed') {
        movedTo = target;
        await memory.rememberRedirect({ from: request.url, to: target, seenAt: clock.now() });
      }
    }
    const because = `more than ${maxRedirects} redirections`;
    return failed(request.url, { code: 'bad-redirect', because });
  }

  /** One URL, repeated while the failure may pass. */
  async function askPatiently(url: URL, request: FetchRequest, gapMs: number): Promise<Answer | Fetched> {
    for (let attempt = 1; ; attempt += 1) {
      const rest = await findRest(url.host);
      if (rest !== null) return { kind: 'postponed', url: url.href, because: rest };
      const night = nightOf(clock.now());
      const limit = politeness.requestsPerNight;
      if (!(await memory.spendRequest({ host: url.host, night, limit }))) {
        const because = `the ${limit} requests a night for ${url.host} are used up`;
        return { kind: 'postponed', url: url.href, because };
      }
      const outcome = await turns.inTurn({ host: url.host, gapMs, signal: request.signal }, () =>
        askOnce(url, request),
      );
      const mayPass = 'failure' in outcome ? outcome.failure.mayPass : isStruggling(outcome.status);
      if (!mayPass) return 'failure' in outcome ? failed(url.href, outcome.failure) : outcome;

      const told =
        'failure' in outcome ? null : readRetryAfterMs(outcome.headers['retry-after'], clock.now());
      if (told !== null && told > politeness.maxWaitMs) {
        return { kind: 'postponed', url: url.href, because: await rememberRest(url.host, told) };
      }
      if (attempt >= politeness.attempts) {
        if ('failure' in outcome) return failed(url.href, outcome.failure);
        const { status } = outcome;
        return failed(url.href, { code: 'server-error', because: `${url.host} answered ${status}` }, status);
      }
      await sleep(Math.max(told ?? 0, backOffMs(attempt, random, politeness.backOff)), request.signal);
    }
  }

  async function askOnce(url: URL, request: FetchRequest) {
    const limits: BodyLimits = {
      ...defaultBodyLimits,
      ...(request.maxBytes === undefined ? {} : { maxBytes: request.maxBytes }),
    };
    try {
      return await exchange.exchange({
        url,
        headers: headersFor(request),
        limits,
        timeoutMs: politeness.timeoutMs,
        signal: request.signal,
      });
    } catch (error) {
      request.signal.throwIfAborted();
      return { failure: describeFailure(error, url.host, politeness.timeoutMs) };
    }
  }

  function headersFor({ validators, accept }: FetchRequest): Record<string, string> {
    return {
      'user-agent': politeness.userAgent,
      accept: accept ?? '*/*',
      'accept-encoding': 'gzip, br, deflate',
      ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
      ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
    };
  }

  async function findRest(host: string): Promise<string | null> {
    const until = await memory.recallRest(host);
    return until === null || until <= clock.now() ? null : describeRest(host, until);
  }

  async function rememberRest(host: string, restMs: number): Promise<string> {
    const until = asId<Instant>(clock.now() + restMs);
    await memory.rememberRest(host, until);
    return describeRest(host, until);
  }
}

function describeRest(host: string, until: Instant): string {
  return `${host} asked not to be visited before ${new Date(until).toISOString()}`;
}

function conclude(answer: Answer, url: string, movedTo: string | null): Fetched {
  if (answer.status === 304) return { kind: 'unchanged', url, movedTo };
  if (answer.status === 404 || answer.status === 410) return { kind: 'missing', url, status: answer.status };
  if (answer.status !== 200) {
    const because = `the server answered ${answer.status}`;
    return failed(url, { code: 'bad-status', because }, answer.status);
  }
  const validators = {
    etag: answer.headers.etag ?? null,
    lastModified: answer.headers['last-modified'] ?? null,
  };
  return {
    kind: 'page',
    url,
    movedTo,
    headers: answer.headers,
    body: answer.body,
    wireBytes: answer.wireBytes,
    validators,
  };
}

function failed(
  url: string,
  failure: { code: FailureCode; because: string },
  status: number | null = null,
): Fetched {
  return { kind: 'failed', url, code: failure.code, status, because: failure.because };
}

function isStruggling(status: number): boolean {
  return status === 429 || status === 408 || (status >= 500 && status !== 501 && status !== 505);
}

/** The date on which the night began, in UTC, from noon to noon: a night is not cut at midnight. */
function nightOf(nowMs: number): string {
  return new Date(nowMs - 12 * 3600_000).toISOString().slice(0, 10);
}
