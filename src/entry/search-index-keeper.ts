import type { ArticleId, ChangeId } from '../knowledge/ids.ts';
import { asId } from '../knowledge/ids.ts';
import { buildSegments } from '../search/build-index.ts';
import { joinSegments, type SharedPart } from '../search/newest-segments.ts';
import type { SearchDocument } from '../search/search-document.ts';
import { createAnalysers } from '../search/search-index.ts';
import type { Vocabulary } from '../search/vocabulary.ts';
import type { ChangeLog } from '../store/change-log.ts';
import type { SearchFeed } from '../store/search-feed.ts';

/** An index that another thread can open in place. */
export type SharedIndex = {
  readonly parts: readonly SharedPart[];
  readonly vocabulary: Vocabulary;
  /** The change up to which it tells. */
  readonly through: ChangeId;
};

/** What is needed to go on from: the segments, oldest first, and the change up to which they tell. */
export type IndexState = { readonly segments: readonly SharedArrayBuffer[]; readonly through: ChangeId };

export type IndexKeeper = {
  /** Reads the whole archive anew. */
  build(): Promise<SharedIndex>;
  /** Goes on from a state that was kept; null: there is nothing new since. */
  follow(): Promise<SharedIndex | null>;
  /** Takes over what an earlier process built. */
  resume(state: IndexState): Promise<SharedIndex>;
  readState(): IndexState;
};

/** Documents in memory at a time; a segment is made of so many. */
const segmentSize = 4000;
const pageSize = 200;
const changesAtATime = 2000;
const maxSegments = 12;
/** Below this share of living documents the segments are not worth what they weigh. */
const leastLiveShare = 0.6;

/** Keeps the index of an archive up to date by its change log. Long work: not for the thread that serves pages. */
export function createIndexKeeper(parts: {
  readonly feed: SearchFeed;
  readonly changeLog: ChangeLog;
  readonly loadVocabulary: () => Promise<Vocabulary>;
}): IndexKeeper {
  const { feed, changeLog, loadVocabulary } = parts;
  let state: IndexState = { segments: [], through: asId<ChangeId>(0) };

  const share = (vocabulary: Vocabulary): { shared: SharedIndex; liveShare: number } => {
    const { parts: joined, liveShare } = joinSegments(state.segments, createAnalysers(vocabulary));
    return { shared: { parts: joined, vocabulary, through: state.through }, liveShare };
  };

  const build = async (): Promise<SharedIndex> => {
    const vocabulary = await loadVocabulary();
    const analyserOf = createAnalysers(vocabulary);
    // Read first: what changes while the archive is read is told once more, never missed.
    const through = (await changeLog.findLastChangeId()) ?? asId<ChangeId>(0);
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
    state = { segments, through };
    return share(vocabulary).shared;
  };

  return {
    build,
    async follow() {
      const changes = await changeLog.listChangesAfter(state.through, changesAtATime);
      const last = changes.at(-1);
      if (!last) return null;
      const ids = [...new Set(changes.map((change) => change.articleId))];
      const vocabulary = await loadVocabulary();
      const fresh = buildSegments(await feed.loadDocuments(ids), createAnalysers(vocabulary));
      state = { segments: [...state.segments, ...fresh], through: last.id };
      const { shared, liveShare } = share(vocabulary);
      return state.segments.length > maxSegments || liveShare < leastLiveShare ? build() : shared;
    },
    async resume(kept) {
      state = kept;
      return share(await loadVocabulary()).shared;
    },
    readState: () => state,
  };
}
