// @ts-expect-error: the package ships no types
import snowball from 'snowball-stemmers';
import { functionWords, lightWords } from './weak-words-data.ts';

/** A word in the form in which it is indexed and compared. */
export type Stem = (folded: string) => string;

/** How the words of one language are treated. */
export type LanguageRules = {
  /** Primary subtag of BCP 47, such as `en`. */
  readonly language: string;
  readonly stem: Stem;
  /** Articles, pronouns, prepositions …: they say next to nothing. */
  readonly functionWords: readonly string[];
  /** Words that any help article may use or not ("issue", "fix"): they say little. */
  readonly lightWords: readonly string[];
};

const stemmers: { newStemmer(algorithm: string): { stem(word: string): string } } = snowball;

const algorithms: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  cs: 'czech',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hu: 'hungarian',
  hy: 'armenian',
  it: 'italian',
  nb: 'norwegian',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sl: 'slovene',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
};

const rules = new Map<string, LanguageRules>();

/** The rules of a language, made once. A language without a stemmer compares whole words. */
export function rulesFor(tag: string): LanguageRules {
  const language = primaryLanguage(tag);
  let found = rules.get(language);
  if (!found) {
    found = {
      language,
      stem: createStem(language),
      functionWords: functionWords[language] ?? [],
      lightWords: lightWords[language] ?? [],
    };
    rules.set(language, found);
  }
  return found;
}

/** `pt-BR` → `pt`. Documents of one primary language are searched alike. */
export function primaryLanguage(tag: string): string {
  return (/^[a-z]{2,3}/.exec(tag.toLowerCase()) ?? ['en'])[0];
}

function createStem(language: string): Stem {
  const algorithm = algorithms[language];
  if (!algorithm) return (folded) => folded;
  const stemmer = stemmers.newStemmer(algorithm);
  const known = new Map<string, string>();
  return (folded) => {
    let stem = known.get(folded);
    if (stem === undefined) {
      // Hostile text can't fill the memory.
      if (known.size >= maxKnownStems) known.clear();
      stem = stemmer.stem(folded);
      known.set(folded, stem);
    }
    return stem;
  };
}

const maxKnownStems = 200_000;
