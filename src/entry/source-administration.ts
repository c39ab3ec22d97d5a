import { z } from 'zod';
import type { AuditActor } from '../accounts/audit.ts';
import { CommandError } from '../cli/command-error.ts';
import type { AccountId } from '../knowledge/ids.ts';
import type { SourceSchedules } from '../store/source-schedules.ts';
import type {
  CatalogueEntry,
  SourceAdministration,
  SourceForm,
  Verdict,
} from '../web/administration-ports.ts';
import { runApart } from './run-apart.ts';
import { findScheduleProblem } from './scan-schedule.ts';
import type { SourceActs } from './source-desk.ts';

const testResult = z.object({
  articleCount: z.number(),
  titles: z.array(z.string()),
  warnings: z.array(z.string()),
});

/** What administrators do with sources on the site. What takes long happens in other processes. */
export function createSourceAdministration(parts: {
  readonly deskOf: (actor: AuditActor) => SourceActs;
  readonly schedules: Pick<SourceSchedules, 'findNextScanAt'>;
  /** The options that name the data, for commands that run apart. */
  readonly dataOptions: readonly string[];
  readonly loadCatalogue: () => Promise<readonly CatalogueEntry[]>;
}): SourceAdministration {
  const { schedules, dataOptions } = parts;
  const deskOf = (id: AccountId) => parts.deskOf({ kind: 'account', id });
  const known = (name: string, isKnown: boolean): Verdict =>
    isKnown ? { kind: 'done' } : { kind: 'refused', sentence: `There is no source "${name}" any more.` };
  return {
    listCatalogue: parts.loadCatalogue,
    addSource: (form, by) => judge(() => deskOf(by).add(withoutEmpty(form))),
    async changeSource(name, change, by) {
      const problem = change.schedule === undefined ? null : findScheduleProblem(change.schedule);
      if (problem !== null) return { kind: 'refused', sentence: `${problem} Nothing was changed.` };
      return known(name, await deskOf(by).change(name, change));
    },
    removeSource: (name, by) => judge(() => deskOf(by).remove(name)),
    async testSource(form, by) {
      const settings = Object.entries(form.settings).flatMap(([key, value]) => [
        '--set',
        `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
      ]);
      const args = ['source', 'test', form.url, '--kind', form.kind, ...settings, ...dataOptions];
      const outcome = await runApart(args, { timeoutMs: 120_000, by });
      if (outcome.kind === 'refused') return outcome;
      return { kind: 'readable', ...testResult.parse(outcome.value) };
    },
    startScan: async (name, by) => known(name, await deskOf(by).requestScan(name)),
    async acceptHeldScan(id, by) {
      const outcome = await runApart(['source', 'accept', String(id), ...dataOptions], {
        timeoutMs: 600_000,
        by,
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
