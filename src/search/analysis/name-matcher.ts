import { nameTerm } from './special-terms.ts';

/** Where a sequence of terms names something that has several names. */
export type NameMention = { readonly term: string; readonly at: number; readonly length: number };

export type NameMatcher = {
  /** All mentions, also those within longer ones ("Office 365" in "Office 365 ProPlus"). */
  findAll(terms: readonly string[]): NameMention[];
  /** The longest from the left, none overlapping another. */
  findLongest(terms: readonly string[]): NameMention[];
  /** All names of the group of a term, as sequences of terms. */
  listNames(term: string): readonly (readonly string[])[];
};

type Entry = { readonly terms: readonly string[]; readonly term: string };

/** Finds the names of groups in text; `analyse` turns a name into its terms, as it does with the text. */
export function createNameMatcher(
  groups: readonly (readonly string[])[],
  analyse: (name: string) => readonly string[],
): NameMatcher {
  const byFirst = new Map<string, Entry[]>();
  const byTerm = new Map<string, (readonly string[])[]>();
  for (const names of groups) {
    const sequences = distinctSequences(names.map(analyse).filter((terms) => terms.length > 0));
    if (sequences.length < 2) continue;
    const term = nameTerm((sequences[0] ?? []).join(' '));
    byTerm.set(term, [...(byTerm.get(term) ?? []), ...sequences]);
    for (const terms of sequences) {
      const first = terms[0] ?? '';
      byFirst.set(first, [...(byFirst.get(first) ?? []), { terms, term }]);
    }
  }
  // Longest first; names of two groups in a fixed order, so that a text always reads the same.
  for (const entries of byFirst.values()) {
    entries.sort((a, b) => b.terms.length - a.terms.length || (a.term < b.term ? -1 : 1));
  }

  const startsAt = (entry: Entry, terms: readonly string[], at: number) =>
    entry.terms.every((term, index) => terms[at + index] === term);
  return {
    findAll(terms) {
      const found: NameMention[] = [];
      for (let at = 0; at < terms.length; at += 1) {
        for (const entry of byFirst.get(terms[at] ?? '') ?? []) {
          if (startsAt(entry, terms, at)) found.push({ term: entry.term, at, length: entry.terms.length });
        }
      }
      return found;
    },
    findLongest(terms) {
      const found: NameMention[] = [];
      for (let at = 0; at < terms.length; ) {
        const entry = (byFirst.get(terms[at] ?? '') ?? []).find((candidate) =>
          startsAt(candidate, terms, at),
        );
        if (entry) found.push({ term: entry.term, at, length: entry.terms.length });
        at += entry?.terms.length ?? 1;
      }
      return found;
    },
    listNames: (term) => byTerm.get(term) ?? [],
  };
}

function distinctSequences(sequences: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(sequences.map((terms) => [terms.join(' '), terms])).values()];
}
