import type { CuratedTechnology } from '../technologies/curated-technology.ts';
import { curatedTechnologies } from '../technologies/curated-tree.ts';

/** Something found in a list of words: how many words it takes and what it stands for. */
type Found<Meaning> = { readonly length: number; readonly meaning: Meaning };
type Branch<Meaning> = { meaning: Meaning | null; readonly next: Map<string, Branch<Meaning>> };

const brands = growBrands();
const names = growNames();

/**
 * Writes brands by their present name wherever they are part of a longer one, so that "Outlook for Office 365" and
 * "Outlook for Microsoft 365" are the same words. `words` are as written; a name begins with a capital or a digit.
 */
export function renameBrands(words: readonly string[]): string[] {
  const lower = words.map((word) => word.toLowerCase());
  const renamed: string[] = [];
  for (let index = 0; index < words.length; ) {
    const found = mayBeginName(words[index]) ? findLongest(brands, lower, index) : null;
    if (found === null) renamed.push(words[index] ?? '');
    else renamed.push(...found.meaning);
    index += found?.length ?? 1;
  }
  return renamed;
}

/** The longest name of a known product, present or former, that begins at a word: its length in words, its slug. */
export function findKnownName(
  words: readonly string[],
  lower: readonly string[],
  start: number,
): Found<string> | null {
  return mayBeginName(words[start]) ? findLongest(names, lower, start) : null;
}

/** "his" is no abbreviation, "access" no product. */
function mayBeginName(word: string | undefined): boolean {
  return word !== undefined && /^[\p{Lu}\d.]|^i\p{Lu}|^mac/u.test(word);
}

function findLongest<Meaning>(
  trunk: Branch<Meaning>,
  words: readonly string[],
  start: number,
): Found<Meaning> | null {
  let found: Found<Meaning> | null = null;
  let branch: Branch<Meaning> | undefined = trunk;
  for (let index = start; branch !== undefined; index++) {
    if (branch.meaning !== null) found = { length: index - start, meaning: branch.meaning };
    const word = words[index];
    branch = word === undefined ? undefined : branch.next.get(word);
  }
  return found;
}

function addTo<Meaning>(trunk: Branch<Meaning>, words: readonly string[], meaning: Meaning): void {
  const [first] = words;
  if (first === undefined || (words.length === 1 && first.length < 3)) return;
  let branch = trunk;
  for (const word of words) {
    const next: Branch<Meaning> = branch.next.get(word) ?? { meaning: null, next: new Map() };
    branch.next.set(word, next);
    branch = next;
  }
  branch.meaning ??= meaning;
}

function wordsOf(name: string): string[] {
  return name.match(/[\p{L}\p{N}.]+/gu) ?? [];
}

/** Former names and abbreviations of the products whose name is a part of other products' names. */
function growBrands(): Branch<readonly string[]> {
  const trunk: Branch<readonly string[]> = { meaning: null, next: new Map() };
  for (const { name, aliases } of curatedTechnologies) {
    if (!name.includes(' ')) continue;
    const isBrand = curatedTechnologies.some((other) => other.name !== name && other.name.includes(name));
    if (!isBrand) continue;
    for (const alias of aliases) {
      if (alias.kind !== 'spelling') addTo(trunk, wordsOf(alias.name.toLowerCase()), wordsOf(name));
    }
  }
  return trunk;
}

function growNames(): Branch<string> {
  const trunk: Branch<string> = { meaning: null, next: new Map() };
  for (const technology of curatedTechnologies) {
    const certain = listCertainNames(technology);
    for (const key of certain) addTo(trunk, key.split(' '), technology.slug);
    for (const alias of technology.aliases) {
      // A further spelling may gather what a reader must tell apart (Teams for iOS and for Android).
      const key = presentKey(alias.name);
      if (certain.has(key) || certain.has(key.replace(/^microsoft /, '')) || isPortalOf(key, certain))
        addTo(trunk, key.split(' '), technology.slug);
    }
  }
  return trunk;
}

/** "Microsoft Purview compliance portal" is Microsoft Purview where it is used. */
function isPortalOf(key: string, certain: ReadonlySet<string>): boolean {
  return / (?:portal|center)$/.test(key) && [...certain].some((name) => key.startsWith(`${name} `));
}

function listCertainNames({ name, aliases }: CuratedTechnology): Set<string> {
  const certain = [name, ...aliases.flatMap((alias) => (alias.kind === 'spelling' ? [] : [alias.name]))];
  return new Set(certain.flatMap((each) => [presentKey(each), presentKey(each).replace(/^microsoft /, '')]));
}

function presentKey(name: string): string {
  return renameBrands(wordsOf(name)).join(' ').toLowerCase();
}
