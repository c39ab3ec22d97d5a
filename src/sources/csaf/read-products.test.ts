import { expect, test } from 'vitest';
import type { Branch } from './csaf-document.ts';
import { readProducts } from './read-products.ts';

const branch = (category: string, name: string, inner: readonly Branch[] | string): Branch =>
  typeof inner === 'string'
    ? { category, name, branches: [], product: { product_id: 'P', name: inner } }
    : { category, name, branches: inner };
const read = (branches: Branch[]) => {
  const [product] = readProducts({ branches, full_product_names: [], relationships: [] }).values();
  return [product?.technology, product?.fullName];
};

test.each([
  [
    'Omron',
    'CX-One',
    '<= 4.60',
    'CX-One: Versions 4.60 and prior',
    'Omron CX-One',
    'Omron CX-One: Versions 4.60 and prior',
  ],
  ['AVEVA Software, LLC', 'AVEVA Edge', '2020', 'AVEVA Edge 2020', 'AVEVA Edge', 'AVEVA Edge 2020'],
  [
    'Becton, Dickinson and Company (BD)',
    'BD Pyxis CATO',
    'vers:all/*',
    'BD Pyxis CATO: All versions',
    'BD Pyxis CATO',
    'BD Pyxis CATO: All versions',
  ],
  [
    'Rockwell Automation, Inc.',
    'ControlLogix',
    '1',
    '1',
    'Rockwell Automation ControlLogix',
    'Rockwell Automation ControlLogix 1',
  ],
  ['Siemens', 'Siemens SIMATIC', '1', 'SIMATIC', 'Siemens SIMATIC', 'Siemens SIMATIC SIMATIC 1'],
  [' ', ' ', ' ', 'Pump', null, 'Pump'],
  ['ABB', 'Abbey Road', '1', 'Abbey Road 1', 'ABB Abbey Road', 'ABB Abbey Road 1'],
])('%s, %s %s is named by what says it once', (vendor, product, version, leaf, technology, fullName) => {
  expect(
    read([
      branch('vendor', vendor, [branch('product_name', product, [branch('product_version', version, leaf)])]),
    ]),
  ).toEqual([technology, fullName]);
});

test('products that are in no tree, or made of others, are there by their names', () => {
  const products = readProducts({
    branches: [],
    full_product_names: [{ product_id: 'A', name: 'Engine 3' }],
    relationships: [{ full_product_name: { product_id: 'A:B', name: 'Engine 3 in Car 7' } }],
  });
  expect([...products.values()]).toEqual([
    { id: 'A', fullName: 'Engine 3', technology: 'Engine 3' },
    { id: 'A:B', fullName: 'Engine 3 in Car 7', technology: null },
  ]);
  expect(readProducts(undefined).size).toBe(0);
});
