import { CommandError } from '../cli/command-error.ts';
import type { SourceDesk } from '../cli/workplace.ts';
import type { Archive } from '../knowledge/archive.ts';
import type { Clock } from '../knowledge/clock.ts';
import type { AcceptOutcome, Scanner, ScanOutcome } from '../knowledge/scanning/create-scanner.ts';
import type { Scan, Source } from '../knowledge/source.ts';
import type { SourceStore } from '../store/sources.ts';
import { chooseSchedule, findScheduleProblem } from './scan-schedule.ts';

/** What an administrator does with sources, on the command line and on the site. Throws CommandError. */
export function createSourceDesk(parts: {
  readonly sources: SourceStore;
  readonly archive: Archive;
  readonly scanner: Scanner;
  readonly clock: Clock;
  /** Why a new source can't be used, in a sentence; null: it can be tried. */
  readonly findProblem: (source: Pick<Source, 'kind' | 'url' | 'settings'>) => string | null;
  /** Deletes what was kept of a source outside the database. */
  readonly forget: (source: Source) => Promise<void>;
}): SourceDesk {
  const { sources, archive, scanner, clock, findProblem, forget } = parts;

  const find = async (name: string): Promise<Source> => {
    const source = await sources.find(name);
    if (source) return source;
    const names = (await sources.list()).map((each) => each.name);
    const known = names.length === 0 ? 'There is none yet.' : `There are: ${names.join(', ')}.`;
    throw new CommandError(`There is no source "${name}". ${known}`);
  };

  return {
    async add(draft) {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(draft.name) || draft.name.length > 60) {
        throw new CommandError(`"${draft.name}" is no name: use small letters, digits and hyphens.`, 2);
      }
      const schedule = draft.schedule ?? chooseSchedule(draft.name);
      const problem = findScheduleProblem(schedule) ?? findProblem(draft);
      if (problem !== null) throw new CommandError(`${problem} Nothing was added.`, 2);
      const outcome = await sources.add({
        name: draft.name,
        title: draft.title ?? draft.name,
        kind: draft.kind,
        url: draft.url,
        settings: draft.settings,
        schedule,
        licence: draft.licence ?? '',
        attribution: draft.attribution ?? '',
        createdAt: clock.now(),
      });
      if (outcome.kind === 'added') return outcome.source;
      throw new CommandError(
        `There is a source "${draft.name}" already, and it was left as it is. Choose another name.`,
      );
    },
    async remove(name) {
      const source = await find(name);
      const before = await archive.countArticles();
      await sources.remove(source.name);
      await forget(source);
      const after = await archive.countArticles();
      return { articles: before.active + before.retired - after.active - after.retired };
    },
    async setState(name, state) {
      await find(name);
      await sources.update(name, { state });
    },
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
      return readOutcome(await scanner.acceptHeldScan(scanId), `scan ${scanId}`);
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
