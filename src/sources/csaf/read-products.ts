import type { Branch, CsafDocument } from './csaf-document.ts';

export type CsafProduct = {
  readonly id: string;
  /** As the vendor writes it in full. */
  readonly fullName: string;
  /** Vendor and product without version, such as `Omron CX-One`; null where the tree doesn't tell. */
  readonly technology: string | null;
};

/** The products of the tree by their ids, in its order. */
export function readProducts(tree: CsafDocument['product_tree']): ReadonlyMap<string, CsafProduct> {
  const products = new Map<string, CsafProduct>();
  const add = (product: CsafProduct) => {
    if (!products.has(product.id)) products.set(product.id, product);
  };
  const visit = (branch: Branch, place: { vendor: string; product: string; version: string }): void => {
    const inside = {
      vendor: branch.category === 'vendor' ? branch.name.trim() : place.vendor,
      product: /^product_(name|family)$/.test(branch.category) ? branch.name.trim() : place.product,
      version: branch.category.startsWith('product_version') ? branch.name.trim() : place.version,
    };
    if (branch.product !== undefined) {
      const { name, product_id } = branch.product;
      add({ id: product_id, fullName: fullName(name, inside), technology: technologyOf(inside) });
    }
    for (const inner of branch.branches) visit(inner, inside);
  };
  for (const branch of tree?.branches ?? []) visit(branch, { vendor: '', product: '', version: '' });
  for (const { name, product_id } of tree?.full_product_names ?? []) {
    add({ id: product_id, fullName: name, technology: name });
  }
  for (const { full_product_name: product } of tree?.relationships ?? []) {
    add({ id: product.product_id, fullName: product.name, technology: null });
  }
  return products;
}

type Place = { readonly vendor: string; readonly product: string; readonly version: string };

/** Some vendors name the product in full at the leaf, others only its version. */
function fullName(leaf: string, { vendor, product, version }: Place): string {
  const named = product === '' || mentions(leaf, product) ? leaf : `${product} ${leaf}`;
  const isVersioned = version === '' || mentions(named, version) || /version/i.test(named);
  return withVendor(isVersioned ? named : `${named} ${version}`, vendor);
}

function technologyOf({ vendor, product }: Place): string | null {
  if (product === '') return vendor === '' ? null : shortenVendor(vendor);
  return withVendor(product, vendor);
}

/** `AVEVA Edge` and not `AVEVA Software, LLC AVEVA Edge`: the vendor only where the name doesn't say it. */
function withVendor(name: string, vendor: string): string {
  if (vendor === '') return name;
  const short = shortenVendor(vendor);
  const abbreviation = /\(([A-Z][A-Za-z]{1,9})\)/.exec(vendor)?.[1];
  const [firstWord = ''] = short.split(/[\s,]+/);
  const isNamed = [short, abbreviation, firstWord].some(
    (part) => part !== undefined && part.length > 1 && startsWithWord(name, part),
  );
  return isNamed || mentions(name, short) ? name : `${short} ${name}`;
}

const legalForm =
  /[,\s]+(?:inc|llc|ltd|limited|gmbh|ag|kg|se|sa|s\.a|srl|s\.r\.l|b\.?v|n\.?v|co|corp|corporation|plc|oy|ab|a\/s|pty|kk|k\.k)\.?$/i;

/** The vendor without its legal form. */
function shortenVendor(vendor: string): string {
  let short = vendor.trim();
  for (
    let next = short.replace(legalForm, '');
    next !== short && next !== '';
    next = short.replace(legalForm, '')
  ) {
    short = next;
  }
  return short;
}

function startsWithWord(text: string, word: string): boolean {
  return text.toLowerCase().startsWith(word.toLowerCase()) && !/^\p{L}/u.test(text.slice(word.length));
}

/** Whether the name stands in the text, and not within a longer word. */
function mentions(text: string, name: string): boolean {
  const [where, what] = [text.toLowerCase(), name.trim().toLowerCase()];
  if (what === '') return true;
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
    const [before = '', after = ''] = [where[at - 1], where[at + what.length]];
    if (!/\p{L}/u.test(before) && !/\p{L}/u.test(after)) return true;
  }
  return false;
}
