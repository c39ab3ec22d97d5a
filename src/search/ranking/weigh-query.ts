import type { TextAnalyser } from '../analysis/text-analyser.ts';
import { type IndexPart, weighTerm } from '../index/overlay.ts';
import { findTerm } from '../index/segment.ts';
import { readString } from '../index/string-table.ts';
import { findWordsFrom } from '../index/words.ts';
import type { QueryUnit } from '../query/plan.ts';

/** A query's units with how much each says in the documents of one language. */
export type WeighedQuery = {
  readonly units: readonly WeighedUnit[];
  /** Of all units; a document that has everything to the full scores about this much. */
  readonly totalWeight: number;
  /** The terms of all words in order, for comparing neighbours. */
  readonly sequence: readonly string[];
};

export type WeighedUnit = {
  readonly words: readonly { readonly term: string; readonly weight: number; readonly isScored: boolean }[];
  readonly name: string | null;
  /** Shared out among the words in proportion to theirs. */
  readonly weight: number;
  readonly boosts: QueryUnit['boosts'];
};

/** A name says at least this much, and not much more than its rarity allows however rare its words are. */
const leastNameWeight = 0.3;
const nameAllowance = 1.5;

/** Weighs the units; `parts`: those of the language, `documents`: how many live documents they have. */
export function weighQuery(
  units: readonly QueryUnit[],
  { parts, documents, analyser }: { parts: readonly IndexPart[]; documents: number; analyser: TextAnalyser },
): WeighedQuery {
  const weightOf = (term: string): number | null => {
    for (const { segment, overlay } of parts) {
      const number = findTerm(segment, term);
      if (number >= 0) return overlay.weights[number] ?? 0;
    }
    return null;
  };
  const hasMore = units.some(({ words }) => words.some((term) => analyser.classOf(term) !== 'function'));
  const weighed = units.map(({ words: written, beginning, name, boosts }): WeighedUnit => {
    const words = beginning === null ? written : findCompletions(parts, beginning);
    const own = words.map((term) => ({
      term,
      weight: weightOf(term) ?? weighTerm(documents, 0, analyser.classOf(term)),
      isScored: !hasMore || analyser.classOf(term) !== 'function',
    }));
    const sum = own.reduce((total, { weight }) => total + weight, 0);
    const nameWeight = name === null ? null : weightOf(name);
    const weight =
      nameWeight === null ? sum : Math.min(sum, Math.max(nameWeight, leastNameWeight) * nameAllowance);
    return { words: own, name, weight, boosts };
  });
  return {
    units: weighed,
    totalWeight: weighed.reduce((total, { weight }) => total + weight, 0),
    sequence: weighed.flatMap(({ words }) => words.map(({ term }) => term)),
  };
}

/** The word in most documents of those that begin so. */
function findCompletions(parts: readonly IndexPart[], beginning: string): string[] {
  const counts = new Map<string, number>();
  for (const { segment } of parts) {
    for (const term of findWordsFrom(segment, beginning)) {
      const text = readString(segment.terms, term);
      counts.set(text, (counts.get(text) ?? 0) + (segment.frequencies[term] ?? 0));
    }
  }
  const [best] = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return best ? [best[0]] : [];
}
