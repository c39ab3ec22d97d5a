import type { TechnologyPlacing } from './technology-placing.ts';

/**
 * What curators say of a whole source, by slug: what its articles are taken for, and what they are about instead;
 * null: nothing. None leads to another.
 */
export type TechnologyRules = ReadonlyMap<string, string | null>;

/** Places as before, and then keeps to the rules. */
export function keepToRules(placing: TechnologyPlacing, rules: TechnologyRules): TechnologyPlacing {
  if (rules.size === 0) return placing;
  return {
    ...placing,
    place(appliesTo, placeTechnologies) {
      const placed = placing.place(appliesTo, placeTechnologies);
      const meant = placed.flatMap((slug) => {
        const instead = rules.get(slug);
        return instead === undefined ? [slug] : instead === null ? [] : [instead];
      });
      return [...new Set(meant)];
    },
  };
}
