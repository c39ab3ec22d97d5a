import type { CuratedTechnology } from './curated-technology.ts';

/**
 * Groups of names that mean the same, for search: ["Microsoft Entra ID", "Azure Active Directory", "AAD", …].
 * Former names and abbreviations first of all; a technology with one name makes no group.
 */
export function listSynonymGroups(curated: readonly CuratedTechnology[]): readonly (readonly string[])[] {
  return curated
    .map(({ name, aliases }) => [name, ...aliases.map((alias) => alias.name)])
    .filter((names) => names.length > 1);
}
