import type { AuditActor, AuditRecorder } from '../accounts/audit.ts';
import { CommandError } from '../cli/command-error.ts';
import type { SourceDesk } from '../cli/workplace.ts';
import type { Archive } from '../knowledge/archive.ts';
import type { Clock } from '../knowledge/clock.ts';
import type { AcceptOutcome, Scanner, ScanOutcome } from '../knowledge/scanning/create-scanner.ts';
import type { Scan, Source } from '../knowledge/source.ts';
import type { SourceSchedules } from '../store/source-schedules.ts';
import type { SourceStore, SourceUpdate } from '../store/sources.ts';
import { chooseSchedule, findScheduleProblem } from './scan-schedule.ts';

/** What an administrator does with sources, on the command line, on the site and by the API. */
export type SourceActs = SourceDesk & {
  /** False: there is none of that name. */
  change(name: string, change: SourceUpdate): Promise<boolean>;
  /** Lets the next worker that looks scan the source; false: there is none of that name. */
  requestScan(name: string): Promise<boolean>;
};

/**
 * What `actor` does with sources; what changes something is in the audit trail, in the transaction of the act.
 * Throws CommandError.
 */
export function createSourceDesk(parts: {
  readonly actor: AuditActor;
  readonly audit: AuditRecorder;
  readonly sources: SourceStore;
  readonly schedules: Pick<SourceSchedules, 'request'>;
  readonly archive: Archive;
  readonly scanner: Scanner;
  readonly clock: Clock;
  /** Why a new source can't be used, in a sentence; null: it can be tried. */
  readonly findProblem: (source: Pick<Source, 'kind' | 'url' | 'settings'>) => string | null;
  /** Deletes what was kept of a source outside the database. */
  readonly forget: (source: Source) => Promise<void>;
}): SourceActs {
  const { actor, audit, sources, schedules, archive, scanner, clock, findProblem, forget } = parts;

  const find = async (name: string): Promise<Source> => {
    const source = await sources.find(name);
    if (source) return source;
    const names = (await sources.list()).map((each) => each.name);
    const known = names.length === 0 ? 'There is none yet.' : `There are: ${names.join(', ')}.`;
    throw new CommandError(`There is no source "${name}". ${known}`);
  };

  const change = async (name: string, update: SourceUpdate): Promise<boolean> => {
    const { url, schedule, state } = update;
    const detail = {
      ...(url !== undefined && { url }),
      ...(schedule !== undefined && { schedule }),
      ...(state !== undefined && { state }),
    };
    const changed = await audit.recordAct(
      () => sources.update(name, update),
      (source) => source && { actor, action: 'source.changed', subject: `source:${name}`, detail },
    );
    return changed !== null;
  };

  return {
    async add(draft) {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(draft.name) || draft.name.length > 60) {
        throw new CommandError(`"${draft.name}" is no name: use small letters, digits and hyphens.`, 2);
      }
      const schedule = draft.schedule ?? chooseSchedule(draft.name);
      const problem = findScheduleProblem(schedule) ?? findProblem(draft);
      if (problem !== null) throw new CommandError(`${problem} Nothing was added.`, 2);
      const { name, kind, url, settings } = draft;
      const outcome = await audit.recordAct(
        () =>
          sources.add({
            name,
            title: draft.title ?? name,
            kind,
            url,
            settings,
            schedule,
            licence: draft.licence ?? '',
            attribution: draft.attribution ?? '',
            createdAt: clock.now(),
          }),
        (done) =>
          done.kind === 'added'
            ? { actor, action: 'source.added', subject: `source:${name}`, detail: { kind, url, schedule } }
            : null,
      );
      if (outcome.kind === 'added') return outcome.source;
      throw new CommandError(
        `There is a source "${draft.name}" already, and it was left as it is. Choose another name.`,
      );
    },
    async remove(name) {
      const source = await find(name);
      const removed = await audit.recordAct(
        async () => {
          const before = await archive.countArticles();
          const isGone = await sources.remove(source.name);
          const after = await archive.countArticles();
          return { isGone, articles: before.active + before.retired - after.active - after.retired };
        },
        ({ isGone, articles }) =>
          isGone
            ? { actor, action: 'source.removed', subject: `source:${name}`, detail: { articles } }
            : null,
      );
      await forget(source);
      return { articles: removed.articles };
    },
    async setState(name, state) {
      await find(name);
      await change(name, { state });
    },
    change,
    requestScan: (name) =>
      audit.recordAct(
        () => schedules.request(name, clock.now()),
        (isKnown) => (isKnown ? { actor, action: 'scan.requested', subject: `source:${name}` } : null),
      ),
    async scan({ name, asOf, depth, onProgress, signal }) {
      const source = await find(name);
      const options = {
        asOf,
        ...(signal && { signal }),
        ...(onProgress && {
          onProgress: ({ snapshots }: { snapshots: number }) => onProgress(snapshots, null),
        }),
      };
      const outcome = await (depth === 'history'
        ? scanner.importHistory(source, options)
        : scanner.scan(source, options));
      return readOutcome(outcome, name);
    },
    async accept(scanId) {
      const outcome = await scanner.acceptHeldScan(scanId, {
        atEnd: (end) =>
          audit.recordAct(end, ({ id, state }) => ({
            actor,
            action: 'scan.accepted',
            subject: `scan:${scanId}`,
            detail: { by: `scan ${id}`, ended: state },
          })),
      });
      return readOutcome(outcome, `scan ${scanId}`);
    },
  };
}

function readOutcome(outcome: ScanOutcome | AcceptOutcome, name: string): Scan {
  switch (outcome.kind) {
    case 'busy':
      throw new CommandError(
        `${name} is being scanned by another process (${outcome.holder}). Try again when it has ended.`,
      );
    case 'not-found':
      throw new CommandError(`There is no ${name}. "kbalertz source list" shows the last scans.`);
    case 'not-held':
      throw new CommandError(
        `${name} is not held: it ended as "${outcome.scan.state}". Nothing was changed.`,
      );
    default:
      return outcome.scan;
  }
}
