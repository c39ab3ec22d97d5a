import type { Instant, SourceId } from '../../knowledge/ids.ts';
import type { FetchMemory, RememberedRobots, RememberedVisit } from './fetch-memory.ts';

type SourceVisits = {
  readonly settled: Map<string, RememberedVisit>;
  readonly open: Map<string, RememberedVisit>;
  /** By the proof of the snapshot that they were handed over with. */
  readonly waiting: Map<string, readonly RememberedVisit[]>;
};

/** A FetchMemory that ends with the process: for probes, evaluations and tests. */
export function createVolatileFetchMemory(): FetchMemory {
  const robots = new Map<string, RememberedRobots>();
  const rests = new Map<string, Instant>();
  const redirects = new Map<string, string>();
  const spent = new Map<string, number>();
  const visits = new Map<SourceId, SourceVisits>();

  const visitsOf = (sourceId: SourceId) => {
    const known = visits.get(sourceId) ?? { settled: new Map(), open: new Map(), waiting: new Map() };
    visits.set(sourceId, known);
    return known;
  };

  return {
    async recallRobots(origin) {
      return robots.get(origin) ?? null;
    },
    async rememberRobots(origin, remembered) {
      robots.set(origin, remembered);
    },
    async recallRest(host) {
      return rests.get(host) ?? null;
    },
    async rememberRest(host, until) {
      rests.set(host, until);
    },
    async spendRequest({ host, night, limit }) {
      const key = `${night} ${host}`;
      const count = spent.get(key) ?? 0;
      if (count >= limit) return false;
      spent.set(key, count + 1);
      return true;
    },
    async recallRedirect(url) {
      return redirects.get(url) ?? null;
    },
    async rememberRedirect({ from, to }) {
      redirects.set(from, to);
    },
    async forgetRedirect(from) {
      redirects.delete(from);
    },
    async openRound(sourceId, cursor) {
      const { settled, open, waiting } = visitsOf(sourceId);
      for (const visit of (cursor === null ? undefined : waiting.get(cursor)) ?? []) {
        if (visit.isGone) settled.delete(visit.resource);
        else settled.set(visit.resource, { ...visit, draft: null });
      }
      const dropped = [...waiting.keys()].filter((proof) => proof !== cursor);
      waiting.clear();
      return { settled: [...settled.values()], open: [...open.values()], dropped };
    },
    async recordVisits(sourceId, added) {
      const { open } = visitsOf(sourceId);
      for (const visit of added) open.set(visit.resource, visit);
    },
    async closeRound(sourceId, proof) {
      const { open, waiting } = visitsOf(sourceId);
      waiting.set(proof, [...open.values()]);
      open.clear();
    },
  };
}
