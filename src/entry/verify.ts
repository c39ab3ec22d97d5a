import { join } from 'node:path';
import { type ArticleId, asId } from '../knowledge/ids.ts';
import { buildSegments } from '../search/build-index.ts';
import { fingerprintDocuments } from '../search/fingerprint-documents.ts';
import { createAnalysers } from '../search/search-index.ts';
import { createTally, type Verification, type VerifyProgress } from '../store/verifying/verification.ts';
import { verifyChanges } from '../store/verifying/verify-changes.ts';
import { verifyLedger } from '../store/verifying/verify-ledger.ts';
import { verifyReadings } from '../store/verifying/verify-readings.ts';
import { verifyRevisions } from '../store/verifying/verify-revisions.ts';
import type { Parts } from './compose.ts';
import { composeSearch } from './compose-search.ts';
import { fingerprintReading } from './fingerprint-reading.ts';
import { readSearchSnapshot } from './search-snapshot.ts';

/** Recomputes everything that can be computed anew, and compares it with what is kept. Changes nothing. */
export async function verify(
  { database, config }: Pick<Parts, 'database' | 'config'>,
  onProgress: VerifyProgress,
): Promise<Verification[]> {
  return [
    await verifyRevisions(database, onProgress),
    await verifyChanges(database, onProgress),
    await verifyLedger(database, onProgress),
    await verifyReadings(database, { madeBy: fingerprintReading(), onProgress }),
    await verifySearchIndex({ database, config }, onProgress),
  ];
}

const pageSize = 200;

/** The index that the server keeps beside the database; articles that changed since it was written are passed over. */
async function verifySearchIndex(
  { database, config }: Pick<Parts, 'database' | 'config'>,
  onProgress: VerifyProgress,
): Promise<Verification> {
  const tally = createTally('search index');
  const kept = await readSearchSnapshot(join(config.dataFolder, 'search.snapshot'));
  if (kept === null) return tally.end();
  const { feed, changeLog, loadVocabulary } = composeSearch(database);
  const indexed = new Map<ArticleId, string>();
  for (const segment of kept.segments)
    for (const [id, print] of fingerprintDocuments(segment)) indexed.set(id, print);
  const later = new Set<ArticleId>();
  for (let after = kept.through; ; ) {
    const changes = await changeLog.listChangesAfter(after, 2000);
    for (const change of changes) later.add(change.articleId);
    after = changes.at(-1)?.id ?? after;
    if (changes.length === 0) break;
  }
  const analyserOf = createAnalysers(await loadVocabulary());
  let done = 0;
  for (let after: ArticleId | null = null, isLast = false; !isLast; ) {
    const ids: ArticleId[] = await feed.listArticleIds({ after, limit: pageSize });
    const settled = ids.filter((id) => !later.has(id));
    const anew = new Map<ArticleId, string>();
    const documents = await feed.loadDocuments(settled).catch(() => null);
    if (documents === null) tally.fault(`Articles ${ids[0]} to ${ids.at(-1)} can't be read to be compared.`);
    for (const segment of buildSegments(documents ?? [], analyserOf)) {
      for (const [id, print] of fingerprintDocuments(segment)) anew.set(id, print);
    }
    for (const [id, print] of anew) {
      tally.check();
      const own = indexed.get(id);
      if (own === undefined) tally.fault(`Article ${id} is not in the search index.`);
      else if (own !== print)
        tally.fault(`The search index tells something else of article ${id} than the archive.`);
    }
    done += ids.length;
    onProgress('search index', done, Math.max(done, indexed.size));
    after = ids.at(-1) ?? after;
    isLast = ids.length < pageSize;
  }
  for (const id of indexed.keys()) {
    if (!later.has(id) && !(await isKept(feed, id)))
      tally.fault(`The search index has article ${id}, which the archive has not.`);
  }
  return tally.end();
}

async function isKept(feed: ReturnType<typeof composeSearch>['feed'], id: ArticleId): Promise<boolean> {
  const [next] = await feed.listArticleIds({ after: asId<ArticleId>(id - 1), limit: 1 });
  return next === id;
}
