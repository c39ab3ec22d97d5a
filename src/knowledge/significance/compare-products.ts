import { curatedTechnologies } from '../technologies/curated-tree.ts';
import { isTechnologyName } from '../technologies/normalise-technology-name.ts';
import { splitTechnologyNames } from '../technologies/split-technology-names.ts';
import { createTechnologyResolver } from '../technologies/technology-resolver.ts';
import { readContentWords } from './content-words.ts';
import { renameBrands } from './known-names.ts';

/** The products of which an article newly says that it applies to them, or no longer; names as the vendor writes them. */
export type ProductChange = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Names that only changed: the product is the same. */
  readonly renamed: readonly { readonly before: string; readonly after: string }[];
};

const resolver = createTechnologyResolver(curatedTechnologies, []);

/**
 * Sets the lists of products against each other: a renamed product against its former name, a product against the
 * one that it is a part of. A list that was empty says nothing about what is new, so filling or emptying it adds and
 * removes nothing.
 */
export function compareProducts(before: readonly string[], after: readonly string[]): ProductChange {
  if (before.length === 0 || after.length === 0) return { added: [], removed: [], renamed: [] };
  const one = before.flatMap(readProduct);
  const other = after.flatMap(readProduct);
  const keysBefore = new Set(one.map((product) => product.key));
  const keysAfter = new Set(other.map((product) => product.key));
  const gone = one.filter((product) => !keysAfter.has(product.key));
  const namesBefore = new Set(one.map((product) => presentName(product.name)));
  const came = other.filter(
    (product) => !keysBefore.has(product.key) && !namesBefore.has(presentName(product.name)),
  );
  const renamed = one.flatMap((product) => {
    const twin = other.find(({ key }) => key === product.key);
    return twin === undefined || twin.name === product.name || after.includes(product.name)
      ? []
      : [{ before: product.name, after: twin.name }];
  });
  const regrouped = gone.flatMap((product) => {
    const relative = came.find((candidate) => isRelated(product, candidate));
    return relative === undefined ? [] : [{ product, relative }];
  });
  const isRegrouped = (product: Product) =>
    regrouped.some((pair) => pair.relative === product || pair.product === product);
  return {
    added: came.filter((product) => !isRegrouped(product) && !isPartOf(product, keysBefore)).map(nameOf),
    removed: gone.filter((product) => !isRegrouped(product) && !isPartOf(product, keysAfter)).map(nameOf),
    renamed: [
      ...renamed,
      ...regrouped.map(({ product, relative }) => ({ before: product.name, after: relative.name })),
    ],
  };
}

type Product = { readonly name: string; readonly key: string; readonly slug: string | null };

function nameOf(product: Product): string {
  return product.name;
}

function readProduct(name: string): Product[] {
  if (!isTechnologyName(name)) return [];
  const known = resolver.findByName(name);
  if (known !== null) return [{ name, key: known.slug, slug: known.slug }];
  const parts = splitTechnologyNames(name, (part) => resolver.findByName(part) !== null);
  if (parts.length > 1) return parts.flatMap(readProduct);
  const words = readContentWords(name).map((word) => word.key);
  return [{ name, key: words.sort().join(' '), slug: null }];
}

/** One is a part of the other, and no version: "Office 365 Identity Management" and "Microsoft 365". */
function isRelated(one: Product, other: Product): boolean {
  if (versionOf(one.name) !== versionOf(other.name)) return false;
  if (presentName(one.name) === presentName(other.name)) return true;
  if (one.slug === null || other.slug === null) return looseKey(one.name) === looseKey(other.name);
  return parentOf(one.slug) === other.slug || parentOf(other.slug) === one.slug;
}

/** What it is a part of is named on the other side too; a version is no part. */
function isPartOf(product: Product, keys: ReadonlySet<string>): boolean {
  const parent = product.slug === null ? null : parentOf(product.slug);
  return parent !== null && versionOf(product.name) === '' && keys.has(parent);
}

function parentOf(slug: string): string | null {
  return resolver.findBySlug(slug)?.parentSlug ?? null;
}

function versionOf(name: string): string {
  return (name.replaceAll('365', '').match(/\d+(?:\.\d+)*/g) ?? []).join(' ');
}

function presentName(name: string): string {
  return renameBrands(name.split(/\s+/)).join(' ').toLowerCase();
}

/** Brands and editions fall away: "Office 365 ProPlus" and "Microsoft 365 Apps" are one. */
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
