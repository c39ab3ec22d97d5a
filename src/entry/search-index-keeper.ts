import { asId, type ChangeId } from '../knowledge/ids.ts';
import { buildSegments } from '../search/build-index.ts';
import { nameIndexBasis } from '../search/index-basis.ts';
import { joinSegments, type SharedPart } from '../search/newest-segments.ts';
import { createAnalysers } from '../search/search-index.ts';
import type { Vocabulary } from '../search/vocabulary.ts';
import { buildIndexState, type IndexSources, type IndexState, markChange } from './build-index-state.ts';

/** An index that another thread can open in place. */
export type SharedIndex = {
  readonly parts: readonly SharedPart[];
  readonly vocabulary: Vocabulary;
  /** The change up to which it tells. */
  readonly through: ChangeId;
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

const changesAtATime = 2000;
const maxSegments = 12;
/** Below this share of living documents the segments are not worth what they weigh. */
const leastLiveShare = 0.6;

/** Keeps the index of an archive up to date by its change log. Long work: not for the thread that serves pages. */
export function createIndexKeeper(
  parts: IndexSources,
  /** Reads the whole archive; where its memory matters, in a process that ends. */
  buildState: () => Promise<IndexState> = () => buildIndexState(parts),
): IndexKeeper {
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

  async function build(): Promise<SharedIndex> {
    state = await buildState();
    return share(await loadVocabulary()).shared;
  }

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
        const throughMark = await markChange(changeLog, last.id);
        state = { ...state, segments: [...state.segments, ...fresh], through: last.id, throughMark };
      }
      const { shared, liveShare } = share(vocabulary);
      return state.segments.length > maxSegments || liveShare < leastLiveShare ? build() : shared;
    },
    async resume(kept) {
      const vocabulary = await loadVocabulary();
      if (kept.basis !== nameIndexBasis(vocabulary)) return null;
      if (kept.throughMark !== (await markChange(changeLog, kept.through))) return null;
      state = kept;
      return share(vocabulary).shared;
    },
    readState: () => state,
  };
}
