import type { Clock } from '../clock.ts';
import type { ArticleId, Instant } from '../ids.ts';
import { createDocumentReader } from '../reading/create-document-reader.ts';
import type { Scan, Snapshot, Source, SourceReader } from '../source.ts';
import type { AppliedSnapshot } from './applied-snapshot.ts';
import { applySnapshot, findRevised } from './apply-snapshot.ts';
import { createDocumentShelf } from './document-shelf.ts';
import { findImplausibility, readPlausibilityLimits } from './judge-plausibility.ts';
import { createKnownArticles } from './known-article.ts';
import { type MatchedSnapshot, matchSnapshot } from './match-snapshot.ts';
import type { ScanSession } from './scan-ledger.ts';
import { createScanTally } from './scan-tally.ts';
import type { TechnologyPlacing } from './technology-placing.ts';

export type ScanProgress = {
  readonly snapshots: number;
  readonly changes: number;
  /** Moment of the snapshot that was applied last. */
  readonly asOf: Instant;
};

export type ScanRun = {
  readonly source: Source;
  readonly depth: 'latest' | 'history';
  readonly asOf: Instant | null;
  /** A held scan whose size an administrator believes. */
  readonly accepted: Scan | null;
  readonly session: ScanSession;
  readonly reader: SourceReader;
  readonly clock: Clock;
  readonly technologies: TechnologyPlacing;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
};

export type ScanResult = { readonly kind: 'done' | 'unchanged' | 'held'; readonly scan: Scan };

/** Snapshots of a history go to the ledger together until they have so many revisions: a commit costs a disk flush. */
const maxRevisionsPerCommit = 1000;
const maxShelfCharacters = 20_000_000;

/**
 * Reads the source's snapshots in order and applies each wholly, or holds the first one that can't be believed.
 * Throws what reader and ledger throw; what was committed by then stays, with the cursor that belongs to it.
 */
export async function runScan(run: ScanRun): Promise<ScanResult> {
  const { source, depth, session, clock, technologies, signal } = run;
  const tally = createScanTally();
  const end = async (state: 'unchanged' | 'held', problem: string | null, seen: Snapshot | null) => {
    const { warnings } = tally;
    const scan = await session.end({ state, endedAt: clock.now(), problem, warnings, seen });
    return { kind: state, scan };
  };
  if (depth === 'history' && session.cursor !== null && !session.hasOnlyHistory) {
    return end('unchanged', historyComesFirst, null);
  }

  const known = createKnownArticles(await session.loadKnownArticles());
  const alerts = depth === 'latest' && session.cursor !== null;
  let pending: AppliedSnapshot[] = [];
  let pendingArticles = new Set<ArticleId>();
  const commit = async (isLast: boolean) => {
    const { counts, warnings } = tally;
    const [snapshots, recordedAt] = [pending, clock.now()];
    const made = technologies.takeNew();
    const scan = await session.commit({
      snapshots,
      technologies: made,
      alerts,
      recordedAt,
      counts,
      warnings,
      isLast,
    });
    pending = [];
    pendingArticles = new Set();
    return scan;
  };
  const maxCharacters = depth === 'history' ? maxShelfCharacters : 0;
  const readDocument = createDocumentReader({ maxCharacters });
  const shelf = createDocumentShelf({
    maxCharacters,
    readDocument,
    load: async (ids) => {
      if (ids.some((id) => pendingArticles.has(id))) await commit(false);
      return session.loadPublished(ids);
    },
  });

  let snapshotCount = 0;
  let changeCount = 0;
  const asOf = run.accepted?.asOf ?? run.asOf;
  for await (const snapshot of run.reader.readSnapshots({
    source,
    cursor: session.cursor,
    asOf,
    depth,
    signal,
  })) {
    signal.throwIfAborted();
    const matched = matchSnapshot(known, snapshot, readDocument);
    const problem = depth === 'latest' ? findProblem(run, known.activeCount, snapshot, matched) : null;
    if (problem) return end('held', problem, snapshot);

    if (pending.reduce((sum, { revisions }) => sum + revisions.length, 0) >= maxRevisionsPerCommit) {
      await commit(false);
    }
    const documentsBefore = await shelf.fetch(findRevised(matched));
    const createdCount = matched.matches.filter(({ article }) => article === null).length;
    const newIds = createdCount > 0 ? await session.reserveArticleIds(createdCount) : [];
    const applied = applySnapshot({ snapshot, matched, documentsBefore, newIds, technologies });

    for (const article of applied.articles) {
      known.put(article);
    }
    for (const { articleId, document, published } of applied.revisions) {
      shelf.put(articleId, document, published);
      pendingArticles.add(articleId);
    }
    pending.push(applied);
    tally.add(applied);
    snapshotCount += 1;
    changeCount += applied.changes.length;
    run.onProgress({ snapshots: snapshotCount, changes: changeCount, asOf: snapshot.asOf });
  }
  if (snapshotCount === 0) return end('unchanged', null, null);
  return { kind: 'done', scan: await commit(true) };
}

const historyComesFirst =
  'The history can only be imported into a source that was not scanned before. Nothing was changed: ' +
  'to have the history, add the source again under another name and import it there.';

function findProblem(
  { source, accepted }: ScanRun,
  activeCount: number,
  snapshot: Snapshot,
  matched: MatchedSnapshot,
): string | null {
  const { articleCount, proof } = snapshot;
  if (accepted && (accepted.proof === proof || articleCount >= (accepted.articleCount ?? Infinity))) {
    return null;
  }
  const seen = { activeCount, retiredCount: matched.retired.length, articleCount };
  return findImplausibility(seen, readPlausibilityLimits(source.settings));
}
