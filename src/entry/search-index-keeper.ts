import type { ArticleId, ChangeId } from '../knowledge/ids.ts';
import { asId } from '../knowledge/ids.ts';
import { buildSegments } from '../search/build-index.ts';
import { nameIndexBasis } from '../search/index-basis.ts';
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

export type IndexKeeper = {
  /** Reads the whole archive anew. */
  build(): Promise<SharedIndex>;
  /** Goes on from the state at hand; null: there is nothing new since. */
  follow(): Promise<SharedIndex | null>;
  /** Takes over what an earlier process built; null where it is of another database or made by other rules. */
  resume(state: IndexState): Promise<SharedIndex | null>;
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
  let state: IndexState = { segments: [], through: asId<ChangeId>(0), throughMark: '', basis: '' };
  let sources = '';

  const share = (vocabulary: Vocabulary): { shared: SharedIndex; liveShare: number } => {
    const present = new Set<number>(vocabulary.sources.map(({ id }) => id));
    const joined = joinSegments(state.segments, createAnalysers(vocabulary), present);
    sources = JSON.stringify(vocabulary.sources);
    const shared = { parts: joined.parts, vocabulary, through: state.through };
    return { shared, liveShare: joined.liveShare };
  };

  async function markChange(id: ChangeId): Promise<string> {
    const [change] = await changeLog.listChangesAfter(asId<ChangeId>(id - 1), 1);
    return change?.id === id ? `${change.articleId} ${change.kind} ${change.recordedAt}` : '';
  }

  const build = async (): Promise<SharedIndex> => {
    const vocabulary = await loadVocabulary();
    const analyserOf = createAnalysers(vocabulary);
    // Read first: what changes while the archive is read is told once more, never missed.
    const through = (await changeLog.findLastChangeId()) ?? asId<ChangeId>(0);
    const throughMark = await markChange(through);
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
    state = { segments, through, throughMark, basis: nameIndexBasis(vocabulary) };
    return share(vocabulary).shared;
  };

  return {
    build,
    async follow() {
      const changes = await changeLog.listChangesAfter(state.through, changesAtATime);
      const last = changes.at(-1);
      const hasOtherSources = JSON.stringify(await feed.listSources()) !== sources;
      if (!last && !hasOtherSources) return null;
      const vocabulary = await loadVocabulary();
      // Documents that were read with other names would be found by other words than those that come now.
      if (nameIndexBasis(vocabulary) !== state.basis) return build();
      if (last) {
        const ids = [...new Set(changes.map((change) => change.articleId))];
        const fresh = buildSegments(await feed.loadDocuments(ids), createAnalysers(vocabulary));
        const throughMark = await markChange(last.id);
        state = { ...state, segments: [...state.segments, ...fresh], through: last.id, throughMark };
      }
      const { shared, liveShare } = share(vocabulary);
      return state.segments.length > maxSegments || liveShare < leastLiveShare ? build() : shared;
    },
    async resume(kept) {
      const vocabulary = await loadVocabulary();
      if (kept.basis !== nameIndexBasis(vocabulary)) return null;
      if (kept.throughMark !== (await markChange(kept.through))) return null;
      state = kept;
      return share(vocabulary).shared;
    },
    readState: () => state,
  };
}
