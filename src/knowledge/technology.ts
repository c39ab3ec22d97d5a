import type { TechnologyId } from './ids.ts';

/** A product or component that people follow, in a tree. */
export type Technology = {
  readonly id: TechnologyId;
  /** Unique, `[a-z0-9-]+`, such as `exchange-online`. */
  readonly slug: string;
  readonly name: string;
  readonly parentId: TechnologyId | null;
  /** Other and former names ("Azure AD" of Microsoft Entra ID). */
  readonly aliases: readonly string[];
  readonly description: string;
  /** curated: from the shipped file or a curator. seen: made from a value that a source used. */
  readonly origin: 'curated' | 'seen';
};

export function sortByName(technologies: readonly Technology[]): Technology[] {
  return technologies.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
