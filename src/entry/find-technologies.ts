import type { Archive } from '../knowledge/archive.ts';
import type { CuratedTechnology } from '../knowledge/technologies/curated-technology.ts';
import { normaliseTechnologyName } from '../knowledge/technologies/normalise-technology-name.ts';
import { createTechnologyResolver } from '../knowledge/technologies/technology-resolver.ts';
import type { Technology } from '../knowledge/technology.ts';

/**
 * Names and aliases as people write them → technologies of the archive, the best match first: the one that the name
 * means, then those whose names begin with it or hold it as a word.
 */
export function createTechnologyFinder(
  archive: Pick<Archive, 'listTechnologies'>,
  curated: readonly CuratedTechnology[],
) {
  return async (name: string): Promise<Technology[]> => {
    const known = await archive.listTechnologies();
    const bySlug = new Map(known.map((technology) => [technology.slug, technology]));
    const meant =
      bySlug.get(name) ?? bySlug.get(createTechnologyResolver(curated, known).findByName(name)?.slug ?? '');
    const key = normaliseTechnologyName(name);
    if (key === '') return meant ? [meant] : [];
    const others = known
      .map((technology) => ({ technology, rank: rankNames([technology.name, ...technology.aliases], key) }))
      .filter(({ rank, technology }) => rank > 0 && technology !== meant)
      .sort((a, b) => b.rank - a.rank || a.technology.name.length - b.technology.name.length)
      .map(({ technology }) => technology);
    return meant ? [meant, ...others] : others;
  };
}

/** 2: one of the names begins so. 1: one has a word that begins so. 0: none does. */
function rankNames(names: readonly string[], key: string): number {
  const keys = names.map(normaliseTechnologyName);
  if (keys.some((each) => each.startsWith(key))) return 2;
  return keys.some((each) => ` ${each}`.includes(` ${key}`)) ? 1 : 0;
}
