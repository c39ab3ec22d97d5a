import type { TextAnalyser } from './analysis/text-analyser.ts';
import { addBit, type Bits, countBits, createBits, forEachBit } from './index/bits.ts';
import { makeOverlays } from './index/overlay.ts';
import { openSegment, type Segment } from './index/segment.ts';

/** A segment and what depends on the others, both to be shared between threads. */
export type SharedPart = { readonly segment: SharedArrayBuffer; readonly overlay: SharedArrayBuffer };

/**
 * Puts segments together, the oldest first: of an article that is in several the newest counts, and none of a source
 * that is not among those given. Tells also what following has left behind; null where that is little.
 */
export function joinSegments(
  segments: readonly SharedArrayBuffer[],
  analyserOf: (language: string) => TextAnalyser,
  sources: ReadonlySet<number> | null = null,
): { readonly parts: SharedPart[]; readonly worn: WornSegments | null } {
  const live = findLive(segments, sources);
  const overlays = makeOverlays(live, analyserOf);
  const parts = segments.flatMap((segment, at) => {
    const overlay = overlays[at];
    return overlay ? [{ segment, overlay }] : [];
  });
  return { parts, worn: findWorn(live) };
}

/** Segments that are better replaced by one, and the articles of theirs that still count. */
export type WornSegments = {
  readonly segments: ReadonlySet<SharedArrayBuffer>;
  readonly articleIds: readonly number[];
};

/** With more living documents a segment is left as it is: making it anew would cost more than it weighs. */
const fewDocuments = 2000;
/** So many segments of few documents there may be besides one for each language. */
const mostSmall = 12;
/** Below this share of living documents a segment is not worth what it weighs. */
const leastLiveShare = 0.6;

/** Many small segments, and those of documents that were replaced. */
function findWorn(parts: readonly LiveSegment[]): WornSegments | null {
  const all = parts.map((part) => ({ ...part, count: countBits(part.live) }));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const documents = sum(all.map(({ segment }) => segment.documentCount));
  const liveShare = documents === 0 ? 1 : sum(all.map(({ count }) => count)) / documents;
  const small = all.filter(({ count }) => count < fewDocuments);
  const languages = new Set(all.map(({ segment }) => segment.language)).size;
  if (small.length <= languages + mostSmall && liveShare >= leastLiveShare) return null;
  const worn = all.filter(
    ({ count, segment }) => count < fewDocuments || count / segment.documentCount < leastLiveShare,
  );
  return {
    segments: new Set(worn.map(({ buffer }) => buffer)),
    articleIds: worn.flatMap(({ segment, live }) => listArticles(segment, live)),
  };
}

function listArticles({ articleIds }: Segment, live: Bits): number[] {
  const ids: number[] = [];
  forEachBit(live, (document) => ids.push(articleIds[document] ?? 0)); // each document has one
  return ids;
}

type LiveSegment = { readonly buffer: SharedArrayBuffer; readonly segment: Segment; readonly live: Bits };

/** Which documents of each segment count. */
function findLive(
  segments: readonly SharedArrayBuffer[],
  sources: ReadonlySet<number> | null,
): LiveSegment[] {
  const seen = new Set<number>();
  return segments
    .toReversed()
    .map((buffer) => {
      const segment = openSegment(buffer);
      const live = createBits(segment.documentCount);
      segment.articleIds.forEach((id, document) => {
        if (seen.has(id)) return;
        seen.add(id);
        if (sources === null || sources.has(segment.sourceIds[document] ?? 0)) addBit(live, document);
      });
      return { buffer, segment, live };
    })
    .reverse();
}
