/** How a further name came to mean the same technology. */
export type AliasKind = 'former-name' | 'abbreviation' | 'spelling';

export type TechnologyAlias = { readonly name: string; readonly kind: AliasKind };

/** A technology of the shipped tree, before a store gave it an id. */
export type CuratedTechnology = {
  /** Unique, `[a-z0-9-]+`. */
  readonly slug: string;
  readonly name: string;
  readonly parentSlug: string | null;
  readonly aliases: readonly TechnologyAlias[];
  /** One sentence, or '' where the name says it all. */
  readonly description: string;
};
