import type { Clock } from '../clock.ts';
import type { Instant, ScanId } from '../ids.ts';
import { type Scan, type Source, SourceError, type SourceReader } from '../source.ts';
import type { Technology } from '../technology.ts';
import { runScan, type ScanProgress } from './run-scan.ts';
import type { ScanLedger, ScanSession } from './scan-ledger.ts';
import type { TechnologyPlacing } from './technology-placing.ts';
import { keepToRules } from './technology-rules.ts';

export type ScanOutcome =
  | { readonly kind: 'done' | 'unchanged' | 'failed' | 'held'; readonly scan: Scan }
  /** Another process is scanning the source. */
  | { readonly kind: 'busy'; readonly holder: string };

export type AcceptOutcome =
  | ScanOutcome
  | { readonly kind: 'not-found' }
  /** Only a held scan can be accepted. */
  | { readonly kind: 'not-held'; readonly scan: Scan };

export type ScanOptions = {
  /** The source as it stood at this instant; null or left out: as it is now. */
  readonly asOf?: Instant | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ScanProgress) => void;
};

export type AcceptOptions = Omit<ScanOptions, 'asOf'> & {
  /** Runs the step that ends the scan, unless it failed, so that something else can be kept in its transaction. */
  readonly atEnd?: (end: () => Promise<Scan>) => Promise<Scan>;
};

export type Scanner = {
  /** Applies what the source shows now (or showed at `asOf`). The first one is a baseline and alerts nobody. */
  scan(source: Source, options?: ScanOptions): Promise<ScanOutcome>;
  /** Applies every snapshot of the source's memory, oldest first, and alerts nobody. Goes on where it was stopped. */
  importHistory(source: Source, options?: ScanOptions): Promise<ScanOutcome>;
  /** Scans again what a held scan saw, and believes it. Held again if it is still smaller than what was accepted. */
  acceptHeldScan(id: ScanId, options?: AcceptOptions): Promise<AcceptOutcome>;
};

/** Scans sources. Throws what the ledger throws; a source that can't be read ends as a failed scan. */
export function createScanner(parts: {
  readonly readerOf: (source: Source) => SourceReader;
  readonly ledger: ScanLedger;
  readonly clock: Clock;
  readonly placeTechnologies: (known: readonly Technology[]) => TechnologyPlacing;
}): Scanner {
  const { readerOf, ledger, clock, placeTechnologies } = parts;

  const visit = async (
    source: Source,
    depth: 'latest' | 'history',
    options: ScanOptions & AcceptOptions & { readonly accepted?: Scan },
  ): Promise<ScanOutcome> => {
    const opening = await ledger.openScan({ sourceId: source.id, depth, startedAt: clock.now() });
    if (opening.kind === 'busy') return opening;
    const session = options.atEnd ? endAlong(opening.session, options.atEnd) : opening.session;
    try {
      const technologies = keepToRules(
        placeTechnologies(await session.listTechnologies()),
        await session.listTechnologyRules(),
      );
      const scan = await runScan({
        source,
        depth,
        session,
        clock,
        technologies,
        reader: readerOf(source),
        asOf: options.asOf ?? null,
        accepted: options.accepted ?? null,
        signal: options.signal ? AbortSignal.any([options.signal, session.signal]) : session.signal,
        onProgress: options.onProgress ?? (() => {}),
      });
      return scan;
    } catch (error) {
      const scan = await recordFailure({
        session: opening.session,
        clock,
        error,
        wasStopped: options.signal?.aborted ?? false,
      });
      if (error instanceof SourceError && scan) return { kind: 'failed', scan };
      throw error;
    }
  };

  return {
    scan: (source, options = {}) => visit(source, 'latest', options),
    importHistory: (source, options = {}) => visit(source, 'history', options),
    async acceptHeldScan(id, options = {}) {
      const [accepted, source] = [await ledger.findScan(id), await ledger.findSourceOf(id)];
      if (!accepted || !source) return { kind: 'not-found' };
      if (accepted.state !== 'held') return { kind: 'not-held', scan: accepted };
      return visit(source, 'latest', { ...options, accepted });
    },
  };
}

function endAlong(session: ScanSession, atEnd: NonNullable<AcceptOptions['atEnd']>): ScanSession {
  return {
    ...session,
    commit: (commit) => (commit.isLast ? atEnd(() => session.commit(commit)) : session.commit(commit)),
    end: (ending) => atEnd(() => session.end(ending)),
  };
}

/** Null when not even that can be kept: the next scan finds this one unfinished and marks it as failed. */
async function recordFailure(failure: {
  readonly session: ScanSession;
  readonly clock: Clock;
  readonly error: unknown;
  readonly wasStopped: boolean;
}): Promise<Scan | null> {
  const { session, clock, error } = failure;
  const problem = describeFailure(failure);
  try {
    return await session.end({ state: 'failed', endedAt: clock.now(), problem, warnings: [], seen: null });
  } catch (ending) {
    if (error instanceof SourceError) throw ending;
    return null; // the first error is the cause, and it is thrown
  }
}

function describeFailure({ error, wasStopped }: { error: unknown; wasStopped: boolean }): string {
  const said = error instanceof Error ? error.message : String(error);
  if (wasStopped) {
    return 'The scan was stopped before it was done. Whole snapshots that it had kept stay; the next scan goes on from there.';
  }
  if (error instanceof SourceError) return said;
  return `The scan broke off: ${said} What was applied before is kept; scan again when the cause is gone.`;
}
