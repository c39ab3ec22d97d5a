/** What a revision says, read from its published text: derived, can be rebuilt at any time. */
export type Document = {
  readonly title: string;
  readonly description: string | null;
  /** BCP 47, such as `en` or `pt-BR`. */
  readonly language: string;
  /** Names as the vendor writes them, without marks and duplicates. */
  readonly appliesTo: readonly string[];
  /** Vendor's ids in canonical spelling: `KB910336`, `CVE-2021-1234`, `ICSA-21-005-01`. The first names the article. */
  readonly externalIds: readonly string[];
  /** The vendor's own date of review, `YYYY-MM-DD`. */
  readonly vendorDate: string | null;
  /** What the vendor calls this revision, such as `6.0`. */
  readonly vendorRevision: string | null;
  /** Further facts of the vendor's, such as `severity` or `keywords`; keys in kebab-case. */
  readonly facts: Readonly<Record<string, string>>;
  readonly sections: readonly Section[];
  /** What could not be read, one plain sentence each ("front matter is no YAML: …"). */
  readonly warnings: readonly string[];
};

export const sectionKinds = [
  'summary',
  'symptoms',
  'cause',
  'resolution',
  'workaround',
  'status',
  'applies-to',
  'more-information',
  'references',
  'other',
] as const;
export type SectionKind = (typeof sectionKinds)[number];

/** A part under a heading. The part before the first heading has heading '' and level 1. */
export type Section = {
  readonly kind: SectionKind;
  readonly heading: string;
  /** 1 to 6. */
  readonly level: number;
  /** Unique within the document, usable as an HTML id. */
  readonly anchor: string;
  readonly blocks: readonly Block[];
};

export type BlockKind = 'paragraph' | 'step' | 'bullet' | 'code' | 'table-row' | 'alert' | 'image';

/** The smallest unit that is compared, indexed and shown as changed. */
export type Block = {
  readonly kind: BlockKind;
  /** What a reader sees, white space folded (kept in code). For an image its alt text. Never HTML or Markdown. */
  readonly text: string;
  /** Nesting in lists, 0 outside. */
  readonly depth: number;
  /** For an alert its label (`note`, `warning`, …), for code its language, for a step its number, else ''. */
  readonly label: string;
  /** Targets of links and images, in the order of the text. */
  readonly links: readonly { readonly text: string; readonly href: string }[];
  /** Pieces of `text` that the vendor set in a code font or bold: commands, paths, names of controls. */
  readonly marks: readonly { readonly kind: 'code' | 'strong'; readonly text: string }[];
};
