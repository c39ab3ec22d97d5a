import type { Instant, SourceId } from '../../knowledge/ids.ts';
import type { FetchMemory, RememberedRobots, RememberedVisit } from './fetch-memory.ts';

type KeptVisit = Omit<RememberedVisit, 'isOpen'> & { round: string };
const openRound = 'open';
const settledRound = '';

/** A FetchMemory that ends with the process: for probes, evaluations and tests. */
export function createVolatileFetchMemory(): FetchMemory {
  const robots = new Map<string, RememberedRobots>();
  const rests = new Map<string, Instant>();
  const redirects = new Map<string, string>();
  const spent = new Map<string, number>();
  const visits = new Map<SourceId, Map<string, KeptVisit>>();

  const visitsOf = (sourceId: SourceId) => {
    const known = visits.get(sourceId) ?? new Map<string, KeptVisit>();
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
    async settleVisits(sourceId, cursor) {
      const known = visitsOf(sourceId);
      for (const [resource, visit] of known) {
        if (visit.round === settledRound || visit.round === openRound) continue;
        if (visit.round === cursor) known.set(resource, { ...visit, round: settledRound, draft: null });
        else known.delete(resource);
      }
    },
    async listVisits(sourceId) {
      return [...visitsOf(sourceId).values()].map(({ round, ...visit }) => ({
        ...visit,
        isOpen: round === openRound,
      }));
    },
    async recordVisits(sourceId, added) {
      const known = visitsOf(sourceId);
      for (const visit of added) known.set(visit.resource, { ...visit, round: openRound });
    },
    async forgetVisits(sourceId, resources) {
      const known = visitsOf(sourceId);
      for (const resource of resources) known.delete(resource);
    },
    async closeRound(sourceId, proof) {
      const known = visitsOf(sourceId);
      for (const [resource, visit] of known) {
        if (visit.round === openRound) known.set(resource, { ...visit, round: proof });
      }
    },
  };
}
