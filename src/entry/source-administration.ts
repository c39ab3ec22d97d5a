import { z } from 'zod';
import { CommandError } from '../cli/command-error.ts';
import type { SourceDesk } from '../cli/workplace.ts';
import type { Clock } from '../knowledge/clock.ts';
import type { SourceSchedules } from '../store/source-schedules.ts';
import type { SourceStore } from '../store/sources.ts';
import type {
  CatalogueEntry,
  SourceAdministration,
  SourceForm,
  Verdict,
} from '../web/administration-ports.ts';
import { runApart } from './run-apart.ts';
import { findScheduleProblem } from './scan-schedule.ts';

const testResult = z.object({
  articleCount: z.number(),
  titles: z.array(z.string()),
  warnings: z.array(z.string()),
});

/** What administrators do with sources on the site. What takes long happens in other processes. */
export function createSourceAdministration(parts: {
  readonly desk: SourceDesk;
  readonly sources: SourceStore;
  readonly schedules: SourceSchedules;
  readonly clock: Clock;
  /** The options that name the data, for commands that run apart. */
  readonly dataOptions: readonly string[];
  readonly loadCatalogue: () => Promise<readonly CatalogueEntry[]>;
}): SourceAdministration {
  const { desk, sources, schedules, clock, dataOptions } = parts;
  return {
    listCatalogue: parts.loadCatalogue,
    addSource: (form) => judge(() => desk.add(withoutEmpty(form))),
    async changeSource(name, change) {
      const problem = change.schedule === undefined ? null : findScheduleProblem(change.schedule);
      if (problem !== null) return { kind: 'refused', sentence: `${problem} Nothing was changed.` };
      const changed = await sources.update(name, change);
      return changed
        ? { kind: 'done' }
        : { kind: 'refused', sentence: `There is no source "${name}" any more.` };
    },
    removeSource: (name) => judge(() => desk.remove(name)),
    async testSource(form) {
      const settings = Object.entries(form.settings).flatMap(([key, value]) => [
        '--set',
        `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
      ]);
      const args = ['source', 'test', form.url, '--kind', form.kind, ...settings, ...dataOptions];
      const outcome = await runApart(args, { timeoutMs: 120_000 });
      if (outcome.kind === 'refused') return outcome;
      return { kind: 'readable', ...testResult.parse(outcome.value) };
    },
    async startScan(name) {
      if (await schedules.request(name, clock.now())) return { kind: 'done' };
      return { kind: 'refused', sentence: `There is no source "${name}" any more.` };
    },
    async acceptHeldScan(id) {
      const outcome = await runApart(['source', 'accept', String(id), ...dataOptions], {
        timeoutMs: 600_000,
      });
      return outcome.kind === 'done' ? { kind: 'done' } : outcome;
    },
    // Scans run in other threads and processes; their rows say how far they are.
    readProgress: () => null,
    findNextScanAt: (name) => schedules.findNextScanAt(name),
  };
}

async function judge(act: () => Promise<unknown>): Promise<Verdict> {
  try {
    await act();
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof CommandError) return { kind: 'refused', sentence: error.message };
    throw error;
  }
}

/** A field that was left empty gets its usual value. */
function withoutEmpty(form: SourceForm) {
  const { title, schedule, licence, attribution, ...rest } = form;
  return {
    ...rest,
    ...(title !== '' && { title }),
    ...(schedule !== '' && { schedule }),
    ...(licence !== '' && { licence }),
    ...(attribution !== '' && { attribution }),
  };
}
