/** Puts the names of products that articles give into the tree of technologies. Technologies are named by slug. */
export type TechnologyPlacing = {
  /** The technologies that an article with these names applies to; makes those that nobody knew yet. */
  place(appliesTo: readonly string[], placeTechnologies: readonly string[]): readonly string[];
  /** The technologies and all that are above them, without doubles. */
  withAncestors(slugs: readonly string[]): readonly string[];
  /** Those that were made since the last call, parents first. */
  takeNew(): readonly NewTechnology[];
};

export type NewTechnology = {
  readonly slug: string;
  readonly name: string;
  readonly parentSlug: string | null;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly origin: 'curated' | 'seen';
};
