import { type ArticleId, asId, type ChangeId } from '../knowledge/ids.ts';
import { buildSegments, createSegmentPile, type SegmentPile } from '../search/build-index.ts';
import { nameIndexBasis } from '../search/index-basis.ts';
import { joinSegments, type SharedPart, type WornSegments } from '../search/newest-segments.ts';
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
  /**
   * Some of the work of joining what following left behind: small segments, replaced documents. For when there is nothing
   * new; null until a round of it is done, and where there is nothing to do.
   */
  tidy(): Promise<SharedIndex | null>;
  /** Takes over what an earlier process built; null where it is of another database or made by other rules. */
  resume(state: IndexState): Promise<SharedIndex | null>;
  readState(): IndexState;
};

const changesAtATime = 2000;
/** Documents that are read before it is looked again whether something is new: a small part of a second. */
const tidiedAtATime = 50;

/** Worn segments on their way into new ones. */
type Joining = {
  readonly worn: WornSegments;
  /** How many segments there were when it began; those after them came since. */
  readonly before: number;
  readonly pile: SegmentPile;
  read: number;
};

/** Keeps the index of an archive up to date by its change log. Long work: not for the thread that serves pages. */
export function createIndexKeeper(
  parts: IndexSources,
  /** Reads the whole archive; where its memory matters, in a process that ends. */
  buildState: () => Promise<IndexState> = () => buildIndexState(parts),
): IndexKeeper {
  const { feed, changeLog, loadVocabulary } = parts;
  let state: IndexState = { segments: [], through: asId<ChangeId>(0), throughMark: '', basis: '' };
  let sources = '';
  let worn: WornSegments | null = null;
  let joining: Joining | null = null;

  const share = (vocabulary: Vocabulary): SharedIndex => {
    const present = new Set<number>(vocabulary.sources.map(({ id }) => id));
    const joined = joinSegments(state.segments, createAnalysers(vocabulary), present);
    sources = JSON.stringify(vocabulary.sources);
    worn = joined.worn;
    return { parts: joined.parts, vocabulary, through: state.through };
  };

  async function build(): Promise<SharedIndex> {
    joining = null;
    state = await buildState();
    return share(await loadVocabulary());
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
      return share(vocabulary);
    },
    async tidy() {
      if (!joining) {
        if (!worn) return null;
        const vocabulary = await loadVocabulary();
        if (nameIndexBasis(vocabulary) !== state.basis) return build();
        const pile = createSegmentPile(createAnalysers(vocabulary));
        joining = { worn, before: state.segments.length, pile, read: 0 };
      }
      const { pile, before, read } = joining;
      const ids = joining.worn.articleIds.slice(read, read + tidiedAtATime).map((id) => asId<ArticleId>(id));
      if (ids.length > 0) {
        for (const document of await feed.loadDocuments(ids)) pile.add(document);
        joining.read += ids.length;
        return null;
      }
      // What came since stands behind: of an article that changed meanwhile that counts.
      const kept = state.segments.slice(0, before).filter((segment) => !joining?.worn.segments.has(segment));
      state = { ...state, segments: [...kept, ...pile.finish(), ...state.segments.slice(before)] };
      joining = null;
      return share(await loadVocabulary());
    },
    async resume(kept) {
      const vocabulary = await loadVocabulary();
      if (kept.basis !== nameIndexBasis(vocabulary)) return null;
      if (kept.throughMark !== (await markChange(changeLog, kept.through))) return null;
      state = kept;
      return share(vocabulary);
    },
    readState: () => state,
  };
}
