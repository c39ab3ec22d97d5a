import { createTextAnalyser, type TextAnalyser } from './analysis/text-analyser.ts';
import { countBits } from './index/bits.ts';
import type { IndexPart } from './index/overlay.ts';
import { createQueryCompiler, type QueryCompiler } from './query/compile-query.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The whole index as it is searched: its parts by language, each with what its queries need. */
export type SearchIndex = {
  readonly vocabulary: Vocabulary;
  readonly parts: readonly IndexPart[];
  readonly languages: readonly IndexLanguage[];
};

export type IndexLanguage = {
  readonly analyser: TextAnalyser;
  readonly compiler: QueryCompiler;
  readonly parts: readonly IndexPart[];
  /** How many documents count. */
  readonly documents: number;
};

/** Puts an index together. */
export function openIndex(
  parts: readonly IndexPart[],
  vocabulary: Vocabulary,
  analyserOf: (language: string) => TextAnalyser = createAnalysers(vocabulary),
): SearchIndex {
  const languages = [...new Set(parts.map(({ segment }) => segment.language))].sort();
  return {
    vocabulary,
    parts,
    languages: languages.map((language) => {
      const analyser = analyserOf(language);
      const own = parts.filter(({ segment }) => segment.language === language);
      const documents = own.reduce((sum, { overlay }) => sum + countBits(overlay.live), 0);
      return { analyser, compiler: createQueryCompiler(analyser), parts: own, documents };
    }),
  };
}

/** One analyser a language for a vocabulary; making one takes some milliseconds. */
export function createAnalysers(vocabulary: Vocabulary): (language: string) => TextAnalyser {
  const analysers = new Map<string, TextAnalyser>();
  return (language) => {
    let analyser = analysers.get(language);
    if (!analyser) {
      analyser = createTextAnalyser(language, vocabulary);
      analysers.set(language, analyser);
    }
    return analyser;
  };
}
