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
      vendor: branch.category === 'vendor' ? branch.name : place.vendor,
      product: /^product_(name|family)$/.test(branch.category) ? branch.name : place.product,
      version: branch.category.startsWith('product_version') ? branch.name : place.version,
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

/** Some vendors name the product in full at the leaf, others only its version. */
function fullName(
  leaf: string,
  { vendor, product, version }: { vendor: string; product: string; version: string },
): string {
  const named = product === '' || mentions(leaf, product) ? leaf : `${product} ${leaf}`;
  const versioned =
    version === '' || mentions(named, version) || /version/i.test(named) ? named : `${named} ${version}`;
  return vendor === '' || mentions(versioned, vendor) ? versioned : `${vendor} ${versioned}`;
}

function technologyOf({ vendor, product }: { vendor: string; product: string }): string | null {
  if (product === '') return vendor || null;
  return vendor === '' || mentions(product, vendor) ? product : `${vendor} ${product}`;
}

function mentions(text: string, name: string): boolean {
  return text.toLowerCase().includes(name.toLowerCase());
}
