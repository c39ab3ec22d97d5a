import type { TextAnalyser } from './analysis/text-analyser.ts';
import { addBit, type Bits, createBits } from './index/bits.ts';
import { makeOverlays } from './index/overlay.ts';
import { openSegment } from './index/segment.ts';

/** A segment and what depends on the others, both to be shared between threads. */
export type SharedPart = { readonly segment: SharedArrayBuffer; readonly overlay: SharedArrayBuffer };

/**
 * Puts segments together, the oldest first: of an article that is in several the newest counts, and none of a source
 * that is not among those given. Tells also which share of all documents still counts, from 0 to 1.
 */
export function joinSegments(
  segments: readonly SharedArrayBuffer[],
  analyserOf: (language: string) => TextAnalyser,
  sources: ReadonlySet<number> | null = null,
): { readonly parts: SharedPart[]; readonly liveShare: number } {
  const seen = new Set<number>();
  const lives: Bits[] = [];
  const opened = segments.map(openSegment);
  let documents = 0;
  let live = 0;
  for (const { articleIds, sourceIds, documentCount } of opened.toReversed()) {
    const bits = createBits(documentCount);
    articleIds.forEach((id, document) => {
      if (seen.has(id)) return;
      seen.add(id);
      if (sources !== null && !sources.has(sourceIds[document] ?? 0)) return;
      addBit(bits, document);
      live += 1;
    });
    documents += documentCount;
    lives.unshift(bits);
  }
  const overlays = makeOverlays(
    opened.map((segment, at) => ({ segment, live: lives[at] ?? createBits(segment.documentCount) })),
    analyserOf,
  );
  const parts = segments.flatMap((segment, at) => {
    const overlay = overlays[at];
    return overlay ? [{ segment, overlay }] : [];
  });
  return { parts, liveShare: documents === 0 ? 1 : live / documents };
}
