/** What the filter can tell apart. */
export type TextClass = 'good' | 'unwanted';

/** How often something was seen in texts of each class. */
export type ClassCounts = { readonly good: number; readonly unwanted: number };

/** What the filter learned, as far as one text needs it. */
export type FilterKnowledge = {
  /** Texts learned. */
  readonly texts: ClassCounts;
  /** Words of these texts, each counted once a text. */
  readonly words: ClassCounts;
  /** How many different words there are. */
  readonly vocabulary: number;
  readonly counts: ReadonlyMap<string, ClassCounts>;
};

const maxWords = 400;
const leastLearned = 10;

/**
 * What a text is judged by: its words, the hosts of its links, and a few signs that words do not show. Each once, as in
 * the multinomial model with binary attributes, which does best on spam (Metsis et al., "Spam Filtering with Naive
 * Bayes: Which Naive Bayes?", CEAS 2006).
 */
export function listFeatures(text: string): string[] {
  const features = new Set<string>();
  const links = text.match(/\bhttps?:\/\/[^\s<>"]+/gi) ?? [];
  for (const link of links) {
    const host = /^https?:\/\/(?:[^\s/@]*@)?([^\s/:?#]+)/i.exec(link)?.[1]?.toLowerCase();
    if (host) features.add(`host:${host.split('.').slice(-2).join('.')}`);
  }
  if (links.length > 0) features.add(links.length > 2 ? 'sign:links' : 'sign:link');
  const letters = text.replace(/[^\p{L}]/gu, '');
  if (letters.length > 20 && letters.replace(/[^\p{Lu}]/gu, '').length > letters.length / 2) {
    features.add('sign:shouting');
  }
  if (/[!]{3}|[$€£]\s?\d/.test(text)) features.add('sign:advertising');
  const words = text.replace(/\bhttps?:\/\/\S+/gi, ' ').match(/[\p{L}\p{N}][\p{L}\p{N}'’._-]*/gu) ?? [];
  for (const word of words) {
    if (features.size >= maxWords) break;
    features.add(
      word
        .toLowerCase()
        .replace(/[._-]+$/, '')
        .slice(0, 40),
    );
  }
  return [...features];
}

/**
 * The probability of the text being unwanted, with Laplace's smoothing; null while too little was learned of either
 * class to say anything.
 */
export function judgeText(text: string, knowledge: FilterKnowledge): number | null {
  const { texts, words, vocabulary, counts } = knowledge;
  if (texts.good < leastLearned || texts.unwanted < leastLearned) return null;
  let logOdds = Math.log(texts.unwanted + 1) - Math.log(texts.good + 1);
  for (const feature of listFeatures(text)) {
    const seen = counts.get(feature);
    // What was never seen says nothing, whatever the sizes of the classes are.
    if (seen === undefined) continue;
    logOdds += Math.log((seen.unwanted + 1) / (words.unwanted + vocabulary + 1));
    logOdds -= Math.log((seen.good + 1) / (words.good + vocabulary + 1));
  }
  return 1 / (1 + Math.exp(-logOdds));
}

/** What has to be added to the counts once a text was judged; `times` -1 takes a lesson back. */
export function lessonOf(text: string, textClass: TextClass, times: 1 | -1 = 1) {
  const features = listFeatures(text);
  const of = (count: number) => ({
    good: textClass === 'good' ? count * times : 0,
    unwanted: textClass === 'unwanted' ? count * times : 0,
  });
  return { features, each: of(1), texts: of(1), words: of(features.length) };
}
