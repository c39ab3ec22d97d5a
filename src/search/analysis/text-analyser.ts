import { listNameGroups, type Vocabulary } from '../vocabulary.ts';
import { type AnalyseWord, wordAnalyser } from './analyse-word.ts';
import { type LanguageRules, rulesFor } from './languages.ts';
import { createNameMatcher, type NameMatcher } from './name-matcher.ts';
import { createScannedWords, type ScannedWords, scanText } from './scan-text.ts';
import { findSpecialTerms, type SpecialTerm } from './special-terms.ts';

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
  /** The steps of `analyse`, for those who remember words themselves. */
  scan(text: string): ScannedWords;
  readonly analyseWord: AnalyseWord;
  findSpecials(text: string, words: ScannedWords): readonly SpecialTerm[];
  /** The class of a term: a stem has that of the words that lead to it. */
  classOf(term: string): WordClass;
  /** All terms that are not of class `full`. */
  readonly weakTerms: ReadonlyMap<string, WordClass>;
};

export function createTextAnalyser(language: string, vocabulary: Vocabulary): TextAnalyser {
  const rules = rulesFor(language);
  const analyseWord = wordAnalyser(language);
  const scanned = createScannedWords();
  const scan = (text: string) => {
    scanText(text, scanned);
    return scanned;
  };
  const termsOf = (text: string) => listTerms(text, scan(text), analyseWord).terms;
  const names = createNameMatcher(listNameGroups(vocabulary), termsOf);
  const weakTerms = listWeakTerms(rules, analyseWord);
  const findSpecials = (text: string, words: ScannedWords) =>
    findSpecialTerms(text, words, (whole) => analyseWord(whole)[0] ?? whole);
  return {
    language: rules.language,
    names,
    scan,
    analyseWord,
    findSpecials,
    weakTerms,
    analyse(text) {
      const words = scan(text);
      const { terms, wordOf } = listTerms(text, words, analyseWord);
      const specials = findSpecials(text, words).map(({ term, first, last }) => {
        const at = wordOf.indexOf(first);
        return { term, at, length: wordOf.lastIndexOf(last) - at + 1 };
      });
      return { words, terms, wordOf, extras: [...specials, ...names.findAll(terms)] };
    },
    classOf: (term) => weakTerms.get(term) ?? 'full',
  };
}

function listTerms(text: string, words: ScannedWords, analyseWord: AnalyseWord) {
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
