import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Search } from '../../search/search-answer.ts';
import type { Measurement } from './measurement.ts';

/** What this process counts, for Prometheus. */
export type Metrics = {
  readonly registry: Registry;
  record(measurement: Measurement): void;
  observeRequest(request: { method: string; route: string; status: number; ms: number }): void;
  /** The same search, with its times measured. */
  measureSearch(search: Search): Search;
  /** When each job of this process went round last, in milliseconds since the epoch. */
  listRounds(): ReadonlyMap<string, number>;
};

export function createMetrics(now: () => number = Date.now): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'kbalertz_' });
  const requests = new Histogram({
    name: 'kbalertz_http_request_duration_seconds',
    help: 'Time to answer, by the pattern of the route (never by address).',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const searches = new Histogram({
    name: 'kbalertz_search_duration_seconds',
    help: 'Time of a search or of a completion in the index, without the page.',
    labelNames: ['kind'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers,
  });
  const scans = new Counter({
    name: 'kbalertz_scans_total',
    help: 'Scans that this process ended, by how.',
    labelNames: ['source', 'state'],
    registers,
  });
  const scanTimes = new Histogram({
    name: 'kbalertz_scan_duration_seconds',
    help: 'How long scans took.',
    labelNames: ['source'],
    buckets: [1, 5, 15, 60, 300, 900, 3600, 14_400],
    registers,
  });
  const digests = new Counter({
    name: 'kbalertz_digests_planned_total',
    help: 'Digests that this process wrote into the ledger.',
    registers,
  });
  const deliveries = new Counter({
    name: 'kbalertz_delivery_outcomes_total',
    help: 'Attempts of this process to deliver a digest or a notice, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const jobs = new Counter({
    name: 'kbalertz_job_rounds_total',
    help: 'Rounds of the work that goes on without a visitor.',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const jobAges = new Gauge({
    name: 'kbalertz_job_last_round_timestamp_seconds',
    help: 'When a job went round last, well or not.',
    labelNames: ['job'],
    registers,
  });
  const rounds = new Map<string, number>();
  const measured = new WeakMap<Search, Search>();

  return {
    registry,
    listRounds: () => rounds,
    record(measurement) {
      switch (measurement.kind) {
        case 'scan':
          scans.inc({ source: measurement.source, state: measurement.state });
          scanTimes.observe({ source: measurement.source }, measurement.seconds);
          return;
        case 'digests':
          digests.inc(measurement.count);
          return;
        case 'deliveries':
          for (const [outcome, count] of Object.entries(measurement.outcomes)) {
            if (count > 0) deliveries.inc({ outcome }, count);
          }
          return;
        case 'round':
          rounds.set(measurement.job, now());
          jobAges.set({ job: measurement.job }, now() / 1000);
          jobs.inc({ job: measurement.job, outcome: measurement.hasFailed ? 'failed' : 'done' });
      }
    },
    observeRequest({ method, route, status, ms }) {
      requests.observe({ method, route, status: String(status) }, ms / 1000);
    },
    measureSearch(search) {
      const known = measured.get(search);
      if (known !== undefined) return known;
      const time = <Answer>(kind: string, work: () => Answer): Answer => {
        const startedMs = performance.now();
        const answer = work();
        searches.observe({ kind }, (performance.now() - startedMs) / 1000);
        return answer;
      };
      const own: Search = {
        ...search,
        search: (request) => time('search', () => search.search(request)),
        suggest: (typed, limit) => time('suggest', () => search.suggest(typed, limit)),
      };
      measured.set(search, own);
      return own;
    },
  };
}
