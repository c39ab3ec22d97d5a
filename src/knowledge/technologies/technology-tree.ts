import type { Technology } from '../technology.ts';
import type { CuratedTechnology } from './curated-technology.ts';
import { normaliseTechnologyName } from './normalise-technology-name.ts';
import { makeTechnologySlug } from './technology-slug.ts';

/** A technology by slugs, as one stands before the store numbers it. */
export type TechnologyDraft = Omit<Technology, 'id' | 'parentId'> & { readonly parentSlug: string | null };

/** The technologies of the store and of the shipped tree, found by slug and by any of their names. */
export type TechnologyTree = {
  /** Parents before their children. */
  list(): TechnologyDraft[];
  findBySlug(slug: string): TechnologyDraft | null;
  /** By a normalised name; spaces do not matter ("PowerBI"). */
  findByKey(key: string): TechnologyDraft | null;
  /** Whether a normalised name is one that a curator marked as abbreviation. */
  isAbbreviation(key: string): boolean;
  /** By a normalised name with one letter wrong, missing or added; never one of a word with digits. */
  findByTypo(key: string): TechnologyDraft | null;
  /** Slugs from the parent to the root. */
  listAncestors(slug: string): string[];
  addSeen(name: string, parentSlug: string | null): TechnologyDraft;
};

/** The store's technologies win over those of the shipped tree with the same slug or name. */
export function createTechnologyTree(
  curated: readonly CuratedTechnology[],
  known: readonly Technology[],
): TechnologyTree {
  const bySlug = new Map<string, TechnologyDraft>();
  const byKey = new Map<string, string>();
  const byCompactKey = new Map<string, string>();
  const typoCandidates = new Map<number, string[]>();

  const abbreviations = new Set(
    curated.flatMap(({ aliases }) =>
      aliases.filter(({ kind }) => kind === 'abbreviation').map(({ name }) => normaliseTechnologyName(name)),
    ),
  );

  for (const draft of draftKnown(known)) bySlug.set(draft.slug, draft);
  for (const technology of curated) {
    const draft = bySlug.get(technology.slug);
    const names = technology.aliases.map((alias) => alias.name);
    if (draft === undefined)
      bySlug.set(technology.slug, { ...technology, aliases: names, origin: 'curated' });
    else bySlug.set(draft.slug, { ...draft, aliases: [...new Set([...draft.aliases, ...names])] });
  }
  for (const draft of bySlug.values()) addName(draft.name, draft.slug);
  for (const draft of bySlug.values()) for (const alias of draft.aliases) addName(alias, draft.slug);

  function addName(name: string, slug: string): void {
    const key = normaliseTechnologyName(name);
    if (key === '' || byKey.has(key)) return;
    byKey.set(key, slug);
    const compact = key.replaceAll(' ', '');
    if (!byCompactKey.has(compact)) byCompactKey.set(compact, slug);
    if (bySlug.get(slug)?.origin === 'seen') return;
    const sameLength = typoCandidates.get(key.length);
    if (sameLength) sameLength.push(key);
    else typoCandidates.set(key.length, [key]);
  }

  function findBySlug(slug: string): TechnologyDraft | null {
    return bySlug.get(slug) ?? null;
  }

  function listAncestors(slug: string): string[] {
    const ancestors: string[] = [];
    let parent = bySlug.get(slug)?.parentSlug ?? null;
    while (parent !== null && !ancestors.includes(parent) && parent !== slug) {
      ancestors.push(parent);
      parent = bySlug.get(parent)?.parentSlug ?? null;
    }
    return ancestors;
  }

  function findByTypo(key: string): TechnologyDraft | null {
    if (key.length < shortestTypo) return null;
    const numbered = listNumberedWords(key);
    for (const length of [key.length, key.length + 1, key.length - 1]) {
      for (const candidate of typoCandidates.get(length) ?? []) {
        if (isOneEditApart(key, candidate) && listNumberedWords(candidate) === numbered) {
          return findBySlug(byKey.get(candidate) ?? '');
        }
      }
    }
    return null;
  }

  return {
    list: () =>
      [...bySlug.values()].sort((a, b) => listAncestors(a.slug).length - listAncestors(b.slug).length),
    findBySlug,
    findByKey: (key) => findBySlug(byKey.get(key) ?? byCompactKey.get(key.replaceAll(' ', '')) ?? ''),
    isAbbreviation: (key) => abbreviations.has(key),
    findByTypo,
    listAncestors,
    addSeen(name, parentSlug) {
      const slug = makeFreeSlug(name, (candidate) => bySlug.has(candidate));
      const draft = { slug, name, parentSlug, aliases: [], description: '', origin: 'seen' as const };
      bySlug.set(slug, draft);
      addName(name, slug);
      return draft;
    },
  };
}

/** Below this a letter makes another product. */
const shortestTypo = 10;

function draftKnown(known: readonly Technology[]): TechnologyDraft[] {
  const slugs = new Map(known.map((technology) => [technology.id, technology.slug]));
  return known.map(({ slug, name, parentId, aliases, description, origin }) => ({
    slug,
    name,
    parentSlug: parentId === null ? null : (slugs.get(parentId) ?? null),
    aliases,
    description,
    origin,
  }));
}

function makeFreeSlug(name: string, isTaken: (slug: string) => boolean): string {
  const base = makeTechnologySlug(name) || 'technology';
  let slug = base;
  for (let number = 2; isTaken(slug); number += 1) slug = `${base}-${number}`;
  return slug;
}

/** The words with a digit; in "6ES7148-6JE00" every letter counts. */
function listNumberedWords(key: string): string {
  return key
    .split(' ')
    .filter((word) => /\d/.test(word))
    .join(' ');
}

/** Whether one letter replaced, left out or put in makes one name of the other. */
function isOneEditApart(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  if (a.length === b.length) return a.slice(start + 1) === b.slice(start + 1);
  return a.length < b.length ? a.slice(start) === b.slice(start + 1) : a.slice(start + 1) === b.slice(start);
}
