import type { TechnologyPlacing } from '../scanning/technology-placing.ts';
import type { Technology } from '../technology.ts';
import type { CuratedTechnology } from './curated-technology.ts';
import { createTechnologyResolver } from './technology-resolver.ts';

/** Places the names that articles give with the shipped tree and what the store knows already. */
export function createTechnologyPlacing(
  curated: readonly CuratedTechnology[],
  known: readonly Technology[],
): TechnologyPlacing {
  const resolver = createTechnologyResolver(curated, known);
  const taken = new Set<string>();
  return {
    place(appliesTo, placeTechnologies) {
      const named = resolver.resolveNames(appliesTo);
      const implied = resolver.resolvePlaces(placeTechnologies);
      const above = new Set(named.flatMap((slug) => resolver.listAncestors(slug)));
      return [...new Set([...named, ...implied.filter((slug) => !above.has(slug))])];
    },
    withAncestors: (slugs) => [...new Set(slugs.flatMap((slug) => [slug, ...resolver.listAncestors(slug)]))],
    takeNew() {
      const fresh = resolver.listUnstored().filter(({ slug }) => !taken.has(slug));
      for (const { slug } of fresh) taken.add(slug);
      return fresh;
    },
  };
}
