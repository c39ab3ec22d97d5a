import type { Technology } from '../technology.ts';
import type { CuratedTechnology } from './curated-technology.ts';
import {
  cleanTechnologyName,
  isTechnologyName,
  normaliseTechnologyName,
} from './normalise-technology-name.ts';
import { listReducedKeys } from './reduce-technology-name.ts';
import { splitTechnologyNames } from './split-technology-names.ts';
import { createTechnologyTree, type TechnologyDraft } from './technology-tree.ts';

export type TechnologyResolver = {
  /**
   * The technologies that names of an "applies to" list mean, as slugs without duplicates. A list in one value is
   * taken apart; a name that nothing known fits becomes a `seen` technology; what is no name is passed over.
   */
  resolveNames(names: readonly string[]): string[];
  /**
   * As `resolveNames` for places: of a folder such as `Exchange/ExchangeOnline` the most special known technology,
   * nothing is made of it; a name that an administrator gave to a whole source may be new.
   */
  resolvePlaces(places: readonly string[]): string[];
  /** The known technology that a name means, by its names or what is left of them without edition and service pack. */
  findByName(name: string): TechnologyDraft | null;
  /** By a normalised name, nothing left out. */
  findByKey(key: string): TechnologyDraft | null;
  findBySlug(slug: string): TechnologyDraft | null;
  /** Slugs from the parent to the root. */
  listAncestors(slug: string): string[];
  /** What was resolved and the store does not have yet, parents before their children. */
  listUnstored(): TechnologyDraft[];
};

/**
 * Knows the technologies of the shipped tree and of the store (which wins), and learns those that it sees.
 * `known` is what the store has.
 */
export function createTechnologyResolver(
  curated: readonly CuratedTechnology[],
  known: readonly Technology[],
): TechnologyResolver {
  const tree = createTechnologyTree(curated, known);
  const stored = new Set(known.map((technology) => technology.slug));
  const unstored = new Map<string, TechnologyDraft>();
  const resolved = new Map<string, readonly string[]>();
  const resolvedPlaces = new Map<string, readonly string[]>();

  function findByName(name: string): TechnologyDraft | null {
    for (const key of listReducedKeys(name)) {
      const found = tree.findByKey(key);
      if (found !== null) return found;
    }
    return tree.findByTypo(normaliseTechnologyName(name));
  }

  function isCurated(name: string): boolean {
    return findByName(name)?.origin === 'curated';
  }

  function isExact(name: string): boolean {
    return tree.findByKey(normaliseTechnologyName(name)) !== null;
  }

  function use(slug: string): string {
    for (const each of [...tree.listAncestors(slug).reverse(), slug]) {
      const draft = tree.findBySlug(each);
      if (draft !== null && !stored.has(each)) unstored.set(each, draft);
    }
    return slug;
  }

  function resolveValue(raw: string): readonly string[] {
    const name = cleanTechnologyName(raw);
    const whole = findByName(name);
    if (whole !== null) return [use(whole.slug)];
    const parts = splitTechnologyNames(name, isCurated, isExact);
    if (parts.length > 1) return parts.flatMap(resolveValue);
    if (!isTechnologyName(name)) return [];
    return [use(tree.addSeen(name, findBestParent(name)).slug)];
  }

  /**
   * Of the known technologies that a name begins with or, failing that, ends with: the most special one. An
   * abbreviation does not count: "MDT Software" is a vendor.
   */
  function findBestParent(name: string): string | null {
    const keys = listReducedKeys(name).map((key) => key.split(' '));
    const starts = keys.flatMap((words) => words.map((_, index) => words.slice(0, index)));
    const ends = keys.flatMap((words) => words.map((_, index) => words.slice(index + 1)));
    return findMostSpecial(starts) ?? findMostSpecial(ends.filter((words) => words.length > 1));
  }

  function findMostSpecial(candidates: readonly (readonly string[])[]): string | null {
    let best: { slug: string; depth: number } | null = null;
    for (const words of candidates) {
      const found = tree.isAbbreviation(words.join(' ')) ? null : tree.findByKey(words.join(' '));
      const depth = found === null ? -1 : tree.listAncestors(found.slug).length;
      if (found !== null && (best === null || depth > best.depth)) best = { slug: found.slug, depth };
    }
    return best?.slug ?? null;
  }

  function resolvePlace(place: string): string[] {
    const segments = place.split('/').map((segment) => segment.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '));
    const slugs = new Set<string>();
    for (const [index, segment] of segments.entries()) {
      const parent = segments[index - 1];
      const candidates = parent === undefined ? [segment] : [`${parent} ${segment}`, segment];
      const found = candidates
        .map((name) => findByName(name.replaceAll('-', ' ')))
        .find((each) => each !== null);
      if (found) slugs.add(found.slug);
    }
    if (slugs.size === 0 && isGivenName(place)) return [...resolveValue(place)];
    const ancestors = new Set([...slugs].flatMap((slug) => tree.listAncestors(slug)));
    return [...slugs].filter((slug) => !ancestors.has(slug)).map(use);
  }

  return {
    resolveNames: (names) => resolveAll(names, resolved, resolveValue),
    resolvePlaces: (places) => resolveAll(places, resolvedPlaces, resolvePlace),
    findByName,
    findByKey: tree.findByKey,
    findBySlug: tree.findBySlug,
    listAncestors: tree.listAncestors,
    listUnstored: () => [...unstored.values()],
  };
}

function resolveAll(
  values: readonly string[],
  memory: Map<string, readonly string[]>,
  resolve: (value: string) => readonly string[],
): string[] {
  const slugs = new Set<string>();
  for (const value of values) {
    let found = memory.get(value);
    if (found === undefined) {
      found = resolve(value);
      memory.set(value, found);
    }
    for (const slug of found) slugs.add(slug);
  }
  return [...slugs];
}

/** Folders that say how a knowledge base is arranged, not what it is about. */
const plainFolder =
  /^(?:admin|articles?|assets|client|content|docs?|documentation|examples?|help|home|hub|images?|includes?|media|mobile|server|shared|src|support|templates?|tests?|troubleshoot(?:ing)?|kb)$/i;

/** Whether a place is the name of a product rather than of a folder. */
function isGivenName(place: string): boolean {
  return !place.includes('/') && /^\p{Lu}|\s/u.test(place) && !plainFolder.test(place.trim());
}
