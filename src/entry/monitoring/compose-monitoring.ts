import type { RequestFacts } from '../../knowledge/request-facts.ts';
import type { Search } from '../../search/search-answer.ts';
import type { Parts } from '../compose.ts';
import type { Log } from '../log.ts';
import type { SearchService } from '../search-service.ts';
import { createMetrics } from './create-metrics.ts';
import { addDatabaseGauges } from './database-gauges.ts';
import type { Measurement } from './measurement.ts';
import { findReadiness, type Readiness } from './readiness.ts';
import { serveMetrics } from './serve-metrics.ts';

/** What `entry` needs of the monitoring of a process. */
export type Monitoring = {
  record(measurement: Measurement): void;
  observeRequest(request: RequestFacts): void;
  /** With its times measured; null while the index is being built. */
  findSearch(): Search | null;
  findReadiness(): Promise<Readiness>;
  /** Answers on the address that is set for it; null where none is. */
  serve(): Promise<{ readonly port: number; close(): void } | null>;
};

/** `searching` is null in a process that keeps no index. */
export function composeMonitoring(
  { config, facts, clock }: Pick<Parts, 'config' | 'facts' | 'clock'>,
  { log, searching }: { readonly log: Log; readonly searching: SearchService | null },
): Monitoring {
  const metrics = createMetrics();
  const gauges = addDatabaseGauges(metrics.registry, {
    facts,
    clock,
    findIndexPosition: () => searching?.findPosition() ?? null,
  });
  const findOwnReadiness = () =>
    findReadiness({ facts, hasIndex: () => searching === null || searching.findSearch() !== null });
  return {
    record: metrics.record,
    observeRequest(request) {
      metrics.observeRequest(request);
      log.debug(request, 'answered');
    },
    findSearch() {
      const search = searching?.findSearch() ?? null;
      return search === null ? null : metrics.measureSearch(search);
    },
    findReadiness: findOwnReadiness,
    serve: () =>
      serveMetrics({ config, metrics, log, refreshGauges: gauges.refresh, findReadiness: findOwnReadiness }),
  };
}
