import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../knowledge/clock.ts';
import type { OperationFacts } from '../../store/operation-facts.ts';

/** Gauges that are read from the database whenever somebody asks: the same from every process on it. */
export function addDatabaseGauges(
  registry: Registry,
  parts: {
    readonly facts: OperationFacts;
    readonly clock: Clock;
    /** Up to which change this process' index tells; null: it keeps none. */
    readonly findIndexPosition: () => number | null;
  },
): { refresh(): Promise<void> } {
  const { facts, clock, findIndexPosition } = parts;
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `kbalertz_${name}`, help, labelNames, registers: [registry] });
  const lag = gauge('scan_lag_seconds', 'Time since the last scan that could read the source.', 'source');
  const failures = gauge('scan_failures', 'Scans of the source in a row that failed.', 'source');
  const held = gauge('held_scans', 'Scans that wait for an administrator.');
  const letters = gauge('letters', 'Digests and notices by state.', 'queue', 'state');
  const ages = gauge('letters_oldest_age_seconds', 'Age of the oldest letter under way.', 'queue', 'state');
  const attempts = gauge('delivery_attempts', 'Attempts that are kept, by outcome.', 'outcome');
  const due = gauge('planning_due_accounts', 'Accounts whose digest is due and not planned.');
  const dueAge = gauge('planning_oldest_age_seconds', 'How long the longest of them has waited.');
  const position = gauge('change_log_position', 'Number of the last change.');
  const indexLag = gauge('search_index_lag_changes', 'Changes that the index of this process does not know.');
  const stale = gauge('stale_leases', 'Leases that ran out and that nobody took over.');

  return {
    async refresh() {
      const now = clock.now();
      const seconds = (since: number | null) => (since === null ? 0 : Math.max(0, (now - since) / 1000));
      for (const each of [lag, failures, letters, ages, attempts]) each.reset();
      for (const source of await facts.listSourceLag()) {
        lag.set({ source: source.name }, seconds(source.lastGoodAt ?? source.addedAt));
        failures.set({ source: source.name }, source.failures);
      }
      for (const { queue, state, count, oldestAt } of await facts.listLetterStates()) {
        letters.set({ queue, state }, count);
        if (oldestAt !== null) ages.set({ queue, state }, seconds(oldestAt));
      }
      for (const { outcome, count } of await facts.countAttempts()) attempts.set({ outcome }, count);
      const waiting = await facts.findPlanningQueue(now);
      due.set(waiting.count);
      dueAge.set(seconds(waiting.oldestAt));
      held.set((await facts.listHeldScans()).length);
      stale.set((await facts.listStaleLeases(Date.now())).length);
      const last = await facts.findLastChangeId();
      position.set(last);
      const indexed = findIndexPosition();
      if (indexed === null) indexLag.remove();
      else indexLag.set(Math.max(0, last - indexed));
    },
  };
}
