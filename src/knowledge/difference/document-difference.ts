import type { Block, Section } from '../document.ts';

/**
 * A run of text. Reading the `same` and `removed` pieces in order gives the text before,
 * reading the `same` and `added` pieces gives the text after, character by character.
 */
export type Piece = { readonly state: 'same' | 'removed' | 'added'; readonly text: string };

/** What the vendor says about the article beside its text. A single value is a list of one, a missing one of none. */
export type FactDifference = {
  /** `title`, `description`, `applies-to`, `external-ids`, `vendor-date`, `vendor-revision`, `language` or a key of `facts`. */
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** A link that leads elsewhere, is new or is gone. */
export type LinkDifference = {
  readonly text: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** A block that left one place and turned up at another stands at both, as removed and as added. */
export type BlockDifference = {
  readonly state: 'same' | 'changed' | 'removed' | 'added';
  /** The block that stood here before; null when added. */
  readonly before: Block | null;
  /** The block that stands here after; null when removed. */
  readonly after: Block | null;
  /** The text with its changed words; of a moved block against its counterpart. */
  readonly pieces: readonly Piece[];
  readonly links: readonly LinkDifference[];
  /** Where the counterpart of a moved block stands: the anchor of its section on the other side. */
  readonly moved: { readonly anchor: string } | null;
};

export type SectionDifference = {
  readonly state: 'same' | 'changed' | 'removed' | 'added';
  /** It stands at another place among the sections that are on both sides. */
  readonly isMoved: boolean;
  readonly before: { readonly index: number; readonly section: Section } | null;
  readonly after: { readonly index: number; readonly section: Section } | null;
  readonly heading: readonly Piece[];
  /** In reading order of both sides. */
  readonly blocks: readonly BlockDifference[];
};

/** How one document became another: everything of both is in it, so that either can be read out of it again. */
export type DocumentDifference = {
  readonly facts: readonly FactDifference[];
  /** In the order of the document after; a removed section stands where it stood before. */
  readonly sections: readonly SectionDifference[];
};
