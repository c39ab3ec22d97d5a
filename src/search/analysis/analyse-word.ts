import { type LanguageRules, rulesFor } from './languages.ts';

/**
 * Turns a word as written into the terms that stand for it, in order: mostly one, its stem. A contraction gives two
 * (`doesn't`: does, not), and a run of a script that puts no spaces between words gives overlapping pairs.
 */
export type AnalyseWord = (surface: string) => readonly string[];

const analysers = new Map<string, AnalyseWord>();

/** The analysis of the words of a language (BCP 47); remembers what it saw. */
export function wordAnalyser(language: string): AnalyseWord {
  const rules = rulesFor(language);
  let analyse = analysers.get(rules.language);
  if (!analyse) {
    analyse = remember((surface) => analyseSurface(surface, rules));
    analysers.set(rules.language, analyse);
  }
  return analyse;
}

/** Lower case, compatible forms made equal, apostrophes straight. */
export function foldCase(text: string): string {
  return !/[\u0080-\uffff]/.test(text)
    ? text.toLowerCase()
    : text.normalize('NFKC').toLowerCase().replaceAll('’', "'");
}

/** The words of a folded surface before stemming: contractions taken apart, possessives and elisions removed. */
function splitContraction(folded: string, language: string): readonly string[] {
  if (Object.hasOwn(registryRoots, folded)) return registryRoots[folded] ?? [folded];
  if (language === 'en') {
    if (folded === 'cannot') return ['can', 'not'];
    const apostrophe = folded.indexOf("'");
    if (apostrophe < 0) return [folded];
    if (folded.endsWith("n't")) {
      const verb = folded.slice(0, -3);
      return [irregularVerbs[folded] ?? verb, 'not'];
    }
    const ending = englishEndings[folded.slice(apostrophe + 1)];
    return ending === undefined
      ? [folded.replaceAll("'", '')]
      : [folded.slice(0, apostrophe), ...(ending === '' ? [] : [ending])];
  }
  const elided = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|dell|all|nell|sull|dall|un|quest)'(.+)$/.exec(folded);
  return [(elided?.[1] ?? folded).replaceAll("'", '')];
}

/** The roots of the Windows registry in short, as the words of their whole names: paths are written with either. */
const registryRoots: Readonly<Record<string, readonly string[]>> = {
  hklm: ['hkey', 'local', 'machine'],
  hkcu: ['hkey', 'current', 'user'],
  hkcr: ['hkey', 'classes', 'root'],
  hku: ['hkey', 'users'],
};

const irregularVerbs: Readonly<Record<string, string>> = {
  "can't": 'can',
  "won't": 'will',
  "shan't": 'shall',
};
const englishEndings: Readonly<Record<string, string>> = {
  s: '',
  ve: 'have',
  ll: 'will',
  re: 'are',
  d: 'would',
  m: 'am',
};

/** Scripts that put no spaces between words. */
const unspacedRun =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]+/gu;

function analyseSurface(surface: string, rules: LanguageRules): readonly string[] {
  const folded = foldCase(surface);
  // Fast path: scripts without spaces are all beyond the Latin blocks.
  const terms = /[\u0250-\uffff]/.test(folded)
    ? splitIntoPairs(folded, rules)
    : splitContraction(folded, rules.language).map((word) => stemWord(word, rules));
  return terms.length > 0 ? terms : [folded];
}

function stemWord(word: string, { stem }: LanguageRules): string {
  if (/\p{N}/u.test(word)) return word;
  const found = stem(word);
  return /^[a-z]*$/.test(found) ? found : found.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}

function splitIntoPairs(folded: string, rules: LanguageRules): string[] {
  const terms: string[] = [];
  let end = 0;
  const addOther = (text: string) => {
    if (text === '') return;
    for (const word of splitContraction(text, rules.language)) terms.push(stemWord(word, rules));
  };
  for (const run of folded.matchAll(unspacedRun)) {
    addOther(folded.slice(end, run.index));
    const characters = [...run[0]];
    if (characters.length === 1) terms.push(run[0]);
    for (let at = 0; at + 1 < characters.length; at += 1) {
      terms.push(`${characters[at]}${characters[at + 1]}`);
    }
    end = run.index + run[0].length;
  }
  addOther(folded.slice(end));
  return terms;
}

/** Keeps the answers; forgets all of them when there are too many, so that hostile text can't fill the memory. */
function remember(analyse: AnalyseWord): AnalyseWord {
  const known = new Map<string, readonly string[]>();
  return (surface) => {
    let terms = known.get(surface);
    if (!terms) {
      if (known.size >= 200_000) known.clear();
      terms = analyse(surface);
      known.set(surface, terms);
    }
    return terms;
  };
}
