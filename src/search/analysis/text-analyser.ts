import { listNameGroups, type Vocabulary } from '../vocabulary.ts';
import { type AnalyseWord, wordAnalyser } from './analyse-word.ts';
import { type LanguageRules, rulesFor } from './languages.ts';
import { createNameMatcher, type NameMatcher } from './name-matcher.ts';
import { createScannedWords, type ScannedWords, scanText } from './scan-text.ts';
import { findSpecialTerms } from './special-terms.ts';

/** A text as the index sees it. */
export type AnalysedText = {
  /** Valid until the next text is analysed. */
  readonly words: ScannedWords;
  /** The terms of the words, in order. */
  readonly terms: readonly string[];
  /** For each term the word that it comes from. */
  readonly wordOf: readonly number[];
  /** Compounds, codes, numbers and names: `length` terms from `at` also stand for `term`. */
  readonly extras: readonly { readonly term: string; readonly at: number; readonly length: number }[];
};

/** How much a word says: function words next to nothing, light words ("issue", "fix") little. */
export type WordClass = 'function' | 'light' | 'full';

/** Analysis for the documents of one language, the same for documents and queries. */
export type TextAnalyser = {
  readonly language: string;
  readonly names: NameMatcher;
  analyse(text: string): AnalysedText;
  /** The class of a term: a stem has that of the words that lead to it. */
  classOf(term: string): WordClass;
  /** All terms that are not of class `full`. */
  readonly weakTerms: ReadonlyMap<string, WordClass>;
};

export function createTextAnalyser(language: string, vocabulary: Vocabulary): TextAnalyser {
  const rules = rulesFor(language);
  const analyseWord = wordAnalyser(language);
  const scanned = createScannedWords();
  const termsOf = (text: string) => listTerms(text, scanned, analyseWord).terms;
  const names = createNameMatcher(listNameGroups(vocabulary), termsOf);
  const weakTerms = listWeakTerms(rules, analyseWord);
  return {
    language: rules.language,
    names,
    weakTerms,
    analyse(text) {
      const { terms, wordOf } = listTerms(text, scanned, analyseWord);
      const extras = findSpecialTerms(text, scanned, (whole) => analyseWord(whole)[0] ?? whole).map(
        (special) => {
          const at = wordOf.indexOf(special.first);
          return { term: special.term, at, length: wordOf.lastIndexOf(special.last) - at + 1 };
        },
      );
      return { words: scanned, terms, wordOf, extras: [...extras, ...names.findAll(terms)] };
    },
    classOf: (term) => weakTerms.get(term) ?? 'full',
  };
}

function listTerms(text: string, words: ScannedWords, analyseWord: AnalyseWord) {
  scanText(text, words);
  const terms: string[] = [];
  const wordOf: number[] = [];
  for (let at = 0; at < words.count; at += 1) {
    for (const term of analyseWord(text.slice(words.starts[at], words.ends[at]))) {
      terms.push(term);
      wordOf.push(at);
    }
  }
  return { terms, wordOf };
}

function listWeakTerms(rules: LanguageRules, analyseWord: AnalyseWord): Map<string, WordClass> {
  const weak = new Map<string, WordClass>();
  for (const word of rules.lightWords) for (const term of analyseWord(word)) weak.set(term, 'light');
  for (const word of rules.functionWords) for (const term of analyseWord(word)) weak.set(term, 'function');
  return weak;
}
