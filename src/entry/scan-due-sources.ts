import type { Clock } from '../knowledge/clock.ts';
import type { Scanner } from '../knowledge/scanning/create-scanner.ts';
import type { SourceSchedules } from '../store/source-schedules.ts';
import type { SourceStore } from '../store/sources.ts';
import type { Log } from './log.ts';
import type { Report } from './monitoring/measurement.ts';
import { findNextScan } from './scan-schedule.ts';

/**
 * Gives sources without a schedule one, scans those whose time has come, one after the other, and says when each
 * comes next. Any number of workers may do it: the ledger lets one of them scan a source. The first scan of a new
 * source happens at once.
 */
export async function scanDueSources(parts: {
  readonly schedules: SourceSchedules;
  readonly sources: SourceStore;
  readonly scanner: Scanner;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly log: Log;
  readonly report: Report;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { schedules, sources, scanner, clock, chance, log, report, signal } = parts;
  for (const { sourceId } of await schedules.listUnscheduled()) {
    await schedules.setNext(sourceId, { nextScanAt: clock.now(), failures: 0, now: clock.now() });
  }
  for (const due of await schedules.listDue(clock.now())) {
    if (signal.aborted) return;
    const source = await sources.find(due.name);
    if (!source) continue;
    let failures = due.failures + 1;
    const startedMs = performance.now();
    try {
      const outcome = await scanner.scan(source, { signal });
      if (outcome.kind === 'busy') continue;
      if (outcome.kind !== 'failed') failures = 0;
      const { state, counts, problem } = outcome.scan;
      const seconds = (performance.now() - startedMs) / 1000;
      report({ kind: 'scan', source: due.name, state, seconds });
      log.info({ source: due.name, scan: outcome.scan.id, state, counts, problem }, 'scan ended');
    } catch (error) {
      if (signal.aborted) return;
      log.error({ err: error, source: due.name }, 'scan broke off');
    }
    const now = clock.now();
    const nextScanAt = findNextScan(due.schedule, { now, failures, chance: chance() });
    await schedules.setNext(due.sourceId, { nextScanAt, failures, now });
  }
}
