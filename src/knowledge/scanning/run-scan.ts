import type { Clock } from '../clock.ts';
import type { Instant } from '../ids.ts';
import { createDocumentReader } from '../reading/create-document-reader.ts';
import type { Scan, Snapshot, Source, SourceReader } from '../source.ts';
import { applySnapshot, findRevised } from './apply-snapshot.ts';
import { createCommitBatch } from './commit-batch.ts';
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

/** How much text may have its reading kept in memory while a history is imported. */
const maxRememberedCharacters = 20_000_000;

/**
 * Reads the source's snapshots in order and applies each wholly, or holds the first one that can't be believed.
 * Throws what reader and ledger throw; what was committed by then stays, with the cursor that belongs to it.
 */
export async function runScan(run: ScanRun): Promise<ScanResult> {
  const { source, depth, session, clock, technologies, signal } = run;
  const isHistory = depth === 'history';
  const tally = createScanTally();
  const end = async (kind: 'unchanged' | 'held', problem: string | null, seen: Snapshot | null) => {
    const warnings = seen?.warnings ?? [];
    return { kind, scan: await session.end({ state: kind, endedAt: clock.now(), problem, warnings, seen }) };
  };
  if (isHistory && session.cursor !== null && !session.hasOnlyHistory) {
    return end('unchanged', historyComesFirst, null);
  }

  const known = createKnownArticles(await session.loadKnownArticles());
  const alerts = !isHistory && session.cursor !== null;
  const batch = createCommitBatch({ session, technologies, tally, clock, alerts });
  const maxCharacters = isHistory ? maxRememberedCharacters : 0;
  const readDocument = createDocumentReader({ maxCharacters });
  const shelf = createDocumentShelf({
    maxCharacters,
    readDocument,
    async load(ids) {
      if (ids.some(batch.has)) await batch.commit(false);
      return session.loadPublished(ids);
    },
  });

  const asOf = run.accepted?.asOf ?? run.asOf;
  const { cursor } = session;
  for await (const snapshot of run.reader.readSnapshots({ source, cursor, asOf, depth, signal })) {
    signal.throwIfAborted();
    const matched = matchSnapshot(known, snapshot, readDocument);
    const problem = isHistory ? null : findProblem(run, known.activeCount, snapshot, matched);
    if (problem) return end('held', problem, snapshot);
    // Only now: the last batch is committed together with the end of the scan.
    if (batch.isFull) await batch.commit(false);

    const documentsBefore = await shelf.fetch(findRevised(matched));
    const created = matched.matches.filter(({ article }) => article === null);
    const newIds = created.length > 0 ? await session.reserveArticleIds(created.length) : [];
    const applied = applySnapshot({ snapshot, matched, documentsBefore, newIds, technologies });
    for (const article of applied.articles) known.put(article);
    for (const { articleId, document, published } of applied.revisions) {
      shelf.put(articleId, document, published);
    }
    batch.add(applied);
    tally.add(applied);
    run.onProgress({ snapshots: tally.snapshots, changes: tally.changes, asOf: snapshot.asOf });
  }
  if (tally.snapshots === 0) return end('unchanged', null, null);
  return { kind: 'done', scan: await batch.commit(true) };
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
  const isAccepted =
    accepted && (accepted.proof === proof || articleCount >= (accepted.articleCount ?? Infinity));
  if (isAccepted) return null;
  const seen = { activeCount, retiredCount: matched.retired.length, articleCount };
  return findImplausibility(seen, readPlausibilityLimits(source.settings));
}
