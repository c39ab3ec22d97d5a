import type { Clock } from '../../knowledge/clock.ts';
import type { HostMemory } from './fetch-memory.ts';
import type { Fetched } from './fetched.ts';
import { type RobotsRules, readRobots } from './robots-rules.ts';

const freshMs = 24 * 3600_000; // RFC 9309 section 2.4: not longer than a day
const usableMs = 30 * 24 * 3600_000; // section 2.3.1.4: a reasonable time while the file can't be reached

/** `unknown`: what keeps us from the rules also keeps us from the page. */
export type FoundRules =
  | { readonly kind: 'rules'; readonly rules: RobotsRules }
  | { readonly kind: 'unknown'; readonly outcome: Fetched };

/** Keeps the rules of each origin at hand: in this process, in the memory, and from the host itself. */
export function createRobotsKeeper(options: {
  memory: HostMemory;
  clock: Clock;
  fetchRobots: (url: string, signal: AbortSignal) => Promise<Fetched>;
}): { findRules(url: URL, signal: AbortSignal): Promise<FoundRules> } {
  const { memory, clock, fetchRobots } = options;
  const atHand = new Map<string, { readAt: number; rules: RobotsRules }>();
  const underWay = new Map<string, Promise<FoundRules>>();

  return {
    async findRules({ origin }, signal) {
      const known = atHand.get(origin);
      if (known !== undefined && isYounger(known.readAt, freshMs))
        return { kind: 'rules', rules: known.rules };
      const reading = underWay.get(origin) ?? load(origin, signal).finally(() => underWay.delete(origin));
      underWay.set(origin, reading);
      return reading;
    },
  };

  async function load(origin: string, signal: AbortSignal): Promise<FoundRules> {
    const robotsUrl = `${origin}/robots.txt`;
    const keep = (text: string, readAt: number): FoundRules => {
      const rules = readRobots(robotsUrl, text);
      atHand.set(origin, { readAt, rules });
      return { kind: 'rules', rules };
    };

    const remembered = await memory.recallRobots(origin);
    if (remembered !== null && isYounger(remembered.readAt, freshMs)) {
      return keep(remembered.text, remembered.readAt);
    }
    const outcome = await fetchRobots(robotsUrl, signal);
    const text = rulesText(outcome);
    if (text !== null) {
      const readAt = clock.now();
      await memory.rememberRobots(origin, { text, readAt });
      return keep(text, readAt);
    }
    // Unreachable: the last known rules for a while, else nothing is allowed (RFC 9309 section 2.3.1.4).
    if (remembered !== null && isYounger(remembered.readAt, usableMs)) {
      return { kind: 'rules', rules: readRobots(robotsUrl, remembered.text) };
    }
    if (!('because' in outcome)) return { kind: 'unknown', outcome };
    return {
      kind: 'unknown',
      outcome: { ...outcome, because: `robots.txt can't be read: ${outcome.because}` },
    };
  }

  function isYounger(readAt: number, ageMs: number): boolean {
    return clock.now() - readAt < ageMs;
  }
}

/** The file's text; '' when there is none (4xx: everything is allowed); null when it can't be told. */
function rulesText(fetched: Fetched): string | null {
  if (fetched.kind === 'page') return new TextDecoder().decode(fetched.body);
  if (fetched.kind === 'missing') return '';
  const isRefused = fetched.kind === 'failed' && fetched.status !== null && fetched.status < 500;
  return isRefused ? '' : null;
}
