import { nameTerm } from './special-terms.ts';

/** Where a sequence of terms names something that has several names. */
export type NameMention = { readonly term: string; readonly at: number; readonly length: number };

export type NameMatcher = {
  /** All mentions, also those within longer ones ("Office 365" in "Office 365 ProPlus"). */
  findAll(terms: readonly string[]): readonly NameMention[];
  /** The terms of all names at a place. */
  findAt(terms: readonly string[], at: number): readonly string[];
  /** How many terms the longest name has. */
  readonly longest: number;
  /** Whether a name begins with this term. */
  canBegin(term: string): boolean;
  /** The longest from the left, none overlapping another. */
  findLongest(terms: readonly string[]): readonly NameMention[];
  /** Whether a name of several terms begins with this one. */
  beginsLonger(term: string): boolean;
  /** Whether a name begins with these two terms. */
  beginsWith(first: string, second: string): boolean;
  /** All names of the group of a term, as sequences of terms. */
  listNames(term: string): readonly (readonly string[])[];
};

type Entry = { readonly terms: readonly string[]; readonly term: string; readonly length: number };

/** Names that begin with the same term: those of that term alone, and the longer ones by their second term. */
type Beginning = { readonly alone: Entry[]; readonly longer: Map<string, Entry[]> };

/** Finds the names of groups in text; `analyse` turns a name into its terms, as it does with the text. */
export function createNameMatcher(
  groups: readonly (readonly string[])[],
  analyse: (name: string) => readonly string[],
): NameMatcher {
  const beginnings = new Map<string, Beginning>();
  const byTerm = new Map<string, (readonly string[])[]>();
  let longest = 0;
  for (const names of groups) {
    const sequences = distinctSequences(names.map(analyse).filter((terms) => terms.length > 0));
    if (sequences.length < 2) continue;
    const term = nameTerm((sequences[0] ?? []).join(' '));
    byTerm.set(term, [...(byTerm.get(term) ?? []), ...sequences]);
    for (const terms of sequences) {
      addEntry(beginnings, { terms, term, length: terms.length });
      longest = Math.max(longest, terms.length);
    }
  }
  for (const { alone, longer } of beginnings.values()) {
    for (const entries of [alone, ...longer.values()]) entries.sort(inFixedOrder);
  }

  /** The names at a place, the longest first. */
  function listAt(terms: readonly string[], at: number): readonly Entry[] {
    const beginning = beginnings.get(terms[at] ?? '');
    if (!beginning) return none;
    const longer = beginning.longer.get(terms[at + 1] ?? '')?.filter((entry) => startsAt(entry, terms, at));
    return longer?.length ? [...longer, ...beginning.alone] : beginning.alone;
  }

  return {
    findAt(terms, at) {
      const entries = listAt(terms, at);
      return entries.length === 0 ? none : entries.map(({ term }) => term);
    },
    longest,
    canBegin: (term) => beginnings.has(term),
    findAll(terms) {
      let found: NameMention[] | null = null;
      for (let at = 0; at < terms.length; at += 1) {
        const entries = listAt(terms, at);
        if (entries.length === 0) continue;
        found ??= [];
        for (const { term, length } of entries) found.push({ term, at, length });
      }
      return found ?? noMentions;
    },
    findLongest(terms) {
      let found: NameMention[] | null = null;
      for (let at = 0; at < terms.length; ) {
        const entry = listAt(terms, at)[0];
        if (entry) {
          found ??= [];
          found.push({ term: entry.term, at, length: entry.length });
        }
        at += entry?.length ?? 1;
      }
      return found ?? noMentions;
    },
    beginsLonger: (term) => (beginnings.get(term)?.longer.size ?? 0) > 0,
    beginsWith: (first, second) => beginnings.get(first)?.longer.has(second) === true,
    listNames: (term) => byTerm.get(term) ?? [],
  };
}

const none: readonly never[] = [];
const noMentions: readonly NameMention[] = [];

function addEntry(beginnings: Map<string, Beginning>, entry: Entry): void {
  const [first = '', second] = entry.terms;
  const beginning: Beginning = beginnings.get(first) ?? { alone: [], longer: new Map() };
  beginnings.set(first, beginning);
  if (second === undefined) beginning.alone.push(entry);
  else beginning.longer.set(second, [...(beginning.longer.get(second) ?? []), entry]);
}

/** Longest first, and names of two groups in the same order always, so that a text always reads the same. */
function inFixedOrder(a: Entry, b: Entry): number {
  return b.length - a.length || (a.term < b.term ? -1 : 1);
}

function startsAt({ terms: own }: Entry, terms: readonly string[], at: number): boolean {
  for (let index = 0; index < own.length; index += 1) if (terms[at + index] !== own[index]) return false;
  return true;
}

function distinctSequences(sequences: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(sequences.map((terms) => [terms.join(' '), terms])).values()];
}
