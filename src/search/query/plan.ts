import type { Filter, Scope } from './query-tree.ts';

/**
 * What a document has to have, compiled for the documents of one language. The same object stands for the same
 * condition, so that answers can be remembered by it.
 */
export type Plan =
  | { readonly kind: 'everything' | 'nothing' }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Plan[] }
  | { readonly kind: 'not'; readonly part: Plan }
  | { readonly kind: 'atLeast'; readonly count: number; readonly parts: readonly Plan[] }
  /** One of the terms. */
  | { readonly kind: 'terms'; readonly terms: readonly string[] }
  /** A word that begins so. */
  | { readonly kind: 'beginning'; readonly text: string }
  /** One of the sequences of terms, within one text, at the place where one is asked for; or one of the wholes. */
  | {
      readonly kind: 'sequences';
      readonly sequences: readonly (readonly string[])[];
      readonly scope: Scope | null;
      readonly wholes: readonly string[];
    }
  | { readonly kind: 'filter'; readonly filter: PlanFilter };

/** Filters that ask the document's facts; numbers and codes have become terms. */
export type PlanFilter = Exclude<Filter, { kind: 'kb' | 'code' }>;

/** Something that was asked for, as far as ranking is concerned: a word, a compound or a name of several words. */
export type QueryUnit = {
  /** As typed. */
  readonly label: string;
  /** Terms of its words in order; function words too. */
  readonly words: readonly string[];
  /** The one term for all names or spellings of the thing that the words name; null where they name none. */
  readonly name: string | null;
  /** The beginning of its one word, which is still being typed; null for whole words. */
  readonly beginning: string | null;
  /** Terms that show the unit exactly, such as a code's or a compound's, and how much each adds to the score. */
  readonly boosts: readonly { readonly term: string; readonly add: number }[];
  /** Whether a document has it; null for what is not asked for (function words beside others). */
  readonly plan: Plan | null;
};

export type CompiledQuery = {
  /** What a document needs to be found. */
  readonly plan: Plan;
  /** The same without the words: what a document needs even to be shown as near. */
  readonly loosePlan: Plan;
  readonly units: readonly QueryUnit[];
};

const everything: Plan = { kind: 'everything' };
const nothing: Plan = { kind: 'nothing' };

/** All of the parts; simplified. */
export function planAll(parts: readonly Plan[]): Plan {
  const needed = parts.flatMap((part) =>
    part.kind === 'everything' ? [] : part.kind === 'all' ? part.parts : [part],
  );
  if (needed.some((part) => part.kind === 'nothing')) return nothing;
  if (needed.length === 0) return everything;
  return needed.length === 1 && needed[0] ? needed[0] : { kind: 'all', parts: needed };
}

/** One of the parts; simplified. */
export function planAny(parts: readonly Plan[]): Plan {
  const possible = parts.filter((part) => part.kind !== 'nothing');
  if (possible.some((part) => part.kind === 'everything')) return everything;
  if (possible.length === 0) return nothing;
  return possible.length === 1 && possible[0] ? possible[0] : { kind: 'any', parts: possible };
}

export function planNot(part: Plan): Plan {
  if (part.kind === 'everything') return nothing;
  return part.kind === 'nothing' ? everything : { kind: 'not', part };
}
