import type { SectionKind } from '../../knowledge/document.ts';
import type { SourceId, TechnologyId } from '../../knowledge/ids.ts';

/** A query as it was understood. Says nothing of languages yet: each document is asked in its own. */
export type QueryNode =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly part: QueryNode }
  /** Plain words; each run stood together in the query. */
  | { readonly kind: 'words'; readonly runs: readonly string[]; readonly scope: Scope | null }
  /** Words in this order, next to each other. */
  | { readonly kind: 'phrase'; readonly text: string; readonly scope: Scope | null }
  /** A word that is still being typed. */
  | { readonly kind: 'beginning'; readonly text: string }
  | { readonly kind: 'filter'; readonly filter: Filter };

/** Where words have to stand. */
export type Scope =
  | { readonly kind: 'title' }
  | { readonly kind: 'sections'; readonly sections: readonly SectionKind[] };

/** A condition on what an article is rather than on what it says. */
export type Filter =
  /** Applies to one of the technologies (or to one below: documents list all ancestors). */
  | { readonly kind: 'technology'; readonly ids: readonly TechnologyId[] }
  | { readonly kind: 'source'; readonly ids: readonly SourceId[] }
  /** Canonical, `KB910336`. */
  | { readonly kind: 'kb'; readonly number: string }
  /** Any of these codes or names of codes. */
  | { readonly kind: 'code'; readonly codes: readonly number[]; readonly names: readonly string[] }
  | { readonly kind: 'section'; readonly sections: readonly SectionKind[] }
  | ({ readonly kind: 'changed' | 'reviewed' | 'new' } & DayRange)
  | { readonly kind: 'retired'; readonly isRetired: boolean }
  | { readonly kind: 'remedy' }
  /** Primary language, such as `en`. */
  | { readonly kind: 'language'; readonly language: string };

/** Days since 1970-01-01, UTC; null where the range is open. */
export type DayRange = { readonly fromDay: number | null; readonly beforeDay: number | null };

export type ParsedQuery = {
  readonly tree: QueryNode;
  /** What was read as words although it looks like an instruction, a sentence each. */
  readonly notUnderstood: readonly string[];
};
