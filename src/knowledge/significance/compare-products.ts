import { readContentWords } from './content-words.ts';

/** The products of which an article newly says that it applies to them, or no longer; names as the vendor writes them. */
export type ProductChange = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Names that only changed: the product is the same. */
  readonly renamed: readonly { readonly before: string; readonly after: string }[];
};

/**
 * Sets the lists of products against each other, a renamed product against its former name. A list that was empty
 * says nothing about what is new, so filling or emptying it adds and removes nothing.
 */
export function compareProducts(before: readonly string[], after: readonly string[]): ProductChange {
  const removed = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  if (before.length === 0 || after.length === 0) return { added: [], removed: [], renamed: [] };
  const keysBefore = new Set(before.map(exactKey));
  const keysAfter = new Set(after.map(exactKey));
  const gone = removed.filter((name) => !keysAfter.has(exactKey(name)));
  const came = added.filter((name) => !keysBefore.has(exactKey(name)));
  const renamed = removed.flatMap((name) => {
    const other = added.find((candidate) => exactKey(candidate) === exactKey(name));
    return other === undefined ? [] : [{ before: name, after: other }];
  });
  const left: string[] = [];
  for (const name of gone) {
    const index = came.findIndex((candidate) => looseKey(candidate) === looseKey(name));
    const [other] = index < 0 ? [] : came.splice(index, 1);
    if (other === undefined) left.push(name);
    else renamed.push({ before: name, after: other });
  }
  return { added: came, removed: left, renamed };
}

function exactKey(name: string): string {
  return readContentWords(name)
    .map((word) => word.key)
    .sort()
    .join(' ');
}

/** Brands and editions fall away, versions stay: "Office 365 ProPlus" and "Microsoft 365 Apps" are one. */
function looseKey(name: string): string {
  return name
    .toLowerCase()
    .replace(
      /\b(?:microsoft|office|365|for|apps?|enterprise|business|proplus|professional|plus|the|online|and)\b/g,
      ' ',
    )
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim();
}
