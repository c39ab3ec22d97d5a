import { expect, test } from 'vitest';
import { curatedTechnologies } from './curated-tree.ts';
import { normaliseTechnologyName } from './normalise-technology-name.ts';

test('slugs are unique and well-formed, and every parent comes before its children', () => {
  const seen = new Set<string>();
  for (const { slug, parentSlug } of curatedTechnologies) {
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(seen, slug).not.toContain(slug);
    if (parentSlug !== null) expect(seen, `parent of ${slug}`).toContain(parentSlug);
    seen.add(slug);
  }
  expect(seen.size).toBeGreaterThan(500);
});

test('a name means one technology only', () => {
  const meaning = new Map<string, string>();
  const clashes: string[] = [];
  for (const { slug, name, aliases } of curatedTechnologies) {
    for (const each of [name, ...aliases.map((alias) => alias.name)]) {
      const key = normaliseTechnologyName(each);
      const other = meaning.get(key);
      if (other !== undefined && other !== slug) clashes.push(`${each}: ${other} and ${slug}`);
      meaning.set(key, slug);
    }
  }
  expect(clashes).toEqual([]);
});
