import { primaryLanguage } from './analysis/languages.ts';
import type { TextAnalyser } from './analysis/text-analyser.ts';
import { createFullBits } from './index/bits.ts';
import { type IndexPart, makeOverlays, openPart } from './index/overlay.ts';
import { openSegment } from './index/segment.ts';
import { SegmentBuilder } from './index/segment-builder.ts';
import type { SearchDocument } from './search-document.ts';
import { createAnalysers, openIndex, type SearchIndex } from './search-index.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Makes segments of documents, one a language. */
export function buildSegments(
  documents: Iterable<SearchDocument>,
  analyserOf: (language: string) => TextAnalyser,
): SharedArrayBuffer[] {
  const pile = createSegmentPile(analyserOf);
  for (const document of documents) pile.add(document);
  return pile.finish();
}

/** Documents on their way into segments, one a language. */
export type SegmentPile = { add(document: SearchDocument): void; finish(): SharedArrayBuffer[] };

export function createSegmentPile(analyserOf: (language: string) => TextAnalyser): SegmentPile {
  const builders = new Map<string, SegmentBuilder>();
  return {
    add(document) {
      const language = primaryLanguage(document.document.language);
      let builder = builders.get(language);
      if (!builder) {
        builder = new SegmentBuilder(analyserOf(language));
        builders.set(language, builder);
      }
      builder.add(document);
    },
    finish: () => [...builders.values()].map((builder) => builder.finish()),
  };
}

/** Segments of which everything counts, ready to be searched. */
export function openSegments(
  segments: readonly SharedArrayBuffer[],
  analyserOf: (language: string) => TextAnalyser,
): IndexPart[] {
  const live = segments.map((buffer) => {
    const segment = openSegment(buffer);
    return { segment, live: createFullBits(segment.documentCount) };
  });
  return makeOverlays(live, analyserOf).flatMap((overlay, at) => {
    const buffer = segments[at];
    return buffer ? [openPart(buffer, overlay)] : [];
  });
}

/** An index of documents, at once and in this thread: for a few, or where nobody waits. */
export function buildIndex(documents: Iterable<SearchDocument>, vocabulary: Vocabulary): SearchIndex {
  const analyserOf = createAnalysers(vocabulary);
  const segments = buildSegments(documents, analyserOf);
  return openIndex(openSegments(segments, analyserOf), vocabulary, analyserOf);
}
