import { curatedTechnologies } from '../technologies/curated-tree.ts';

type Branch = { slug: string | null; readonly next: Map<string, Branch> };

/** A product's name found in a list of words: how many words it takes and which product it is under any of its names. */
export type FoundName = { readonly length: number; readonly slug: string };

const root = growNames();

/** The longest name of a known product, present or former, that begins at a word. Words are in lower case. */
export function findKnownName(words: readonly string[], start: number): FoundName | null {
  let found: FoundName | null = null;
  let branch: Branch | undefined = root;
  for (let index = start; branch !== undefined; index++) {
    if (branch.slug !== null) found = { length: index - start, slug: branch.slug };
    const word = words[index];
    branch = word === undefined ? undefined : branch.next.get(word);
  }
  return found;
}

function growNames(): Branch {
  const trunk: Branch = { slug: null, next: new Map() };
  for (const { slug, name, aliases } of curatedTechnologies) {
    addName(trunk, name, slug);
    for (const alias of aliases) {
      // A further spelling may gather what a reader must tell apart (Teams for iOS and for Android).
      if (alias.kind !== 'spelling' || isLonger(alias.name, name)) addName(trunk, alias.name, slug);
    }
  }
  return trunk;
}

function isLonger(alias: string, name: string): boolean {
  return alias === `Microsoft ${name}` || `Microsoft ${alias}` === name;
}

function addName(trunk: Branch, name: string, slug: string): void {
  const words = name.toLowerCase().match(/[\p{L}\p{N}.]+/gu) ?? [];
  const first = words[0];
  if (first === undefined || (words.length === 1 && first.length < 3)) return;
  let branch = trunk;
  for (const word of words) {
    const next: Branch = branch.next.get(word) ?? { slug: null, next: new Map() };
    branch.next.set(word, next);
    branch = next;
  }
  branch.slug ??= slug;
}
