import { type ArticleId, asId, type ChangeId } from '../knowledge/ids.ts';
import { buildSegments } from '../search/build-index.ts';
import { nameIndexBasis } from '../search/index-basis.ts';
import type { SearchDocument } from '../search/search-document.ts';
import { createAnalysers } from '../search/search-index.ts';
import type { Vocabulary } from '../search/vocabulary.ts';
import type { ChangeLog } from '../store/change-log.ts';
import type { SearchFeed } from '../store/search-feed.ts';

/** What is needed to go on from. */
export type IndexState = {
  /** Oldest first. */
  readonly segments: readonly SharedArrayBuffer[];
  /** The change up to which they tell, and what is known of it: another database has another one of that number. */
  readonly through: ChangeId;
  readonly throughMark: string;
  /** By which rules and names they were made (index-basis.ts). */
  readonly basis: string;
};

/** What an index is read from. */
export type IndexSources = {
  readonly feed: SearchFeed;
  readonly changeLog: ChangeLog;
  readonly loadVocabulary: () => Promise<Vocabulary>;
};

/** Documents in memory at a time; a segment is made of so many. */
const segmentSize = 4000;
const pageSize = 200;

/** Reads the whole archive. Long work that needs much memory: not for the thread that serves pages. */
export async function buildIndexState({
  feed,
  changeLog,
  loadVocabulary,
}: IndexSources): Promise<IndexState> {
  const vocabulary = await loadVocabulary();
  const analyserOf = createAnalysers(vocabulary);
  // Read first: what changes while the archive is read is told once more, never missed.
  const through = (await changeLog.findLastChangeId()) ?? asId<ChangeId>(0);
  const throughMark = await markChange(changeLog, through);
  const segments: SharedArrayBuffer[] = [];
  let documents: SearchDocument[] = [];
  for (let after: ArticleId | null = null, isLast = false; !isLast; ) {
    const ids: ArticleId[] = await feed.listArticleIds({ after, limit: pageSize });
    documents.push(...(await feed.loadDocuments(ids)));
    after = ids.at(-1) ?? after;
    isLast = ids.length < pageSize;
    if (documents.length >= segmentSize || isLast) {
      segments.push(...buildSegments(documents, analyserOf));
      documents = [];
    }
  }
  return { segments, through, throughMark, basis: nameIndexBasis(vocabulary) };
}

/** What tells a change from one that has its number in another database. */
export async function markChange(changeLog: ChangeLog, id: ChangeId): Promise<string> {
  const [change] = await changeLog.listChangesAfter(asId<ChangeId>(id - 1), 1);
  return change?.id === id ? `${change.articleId} ${change.kind} ${change.recordedAt}` : '';
}
