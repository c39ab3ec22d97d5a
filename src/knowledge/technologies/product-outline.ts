import type { CuratedTechnology, TechnologyAlias } from './curated-technology.ts';
import { makeTechnologySlug } from './technology-slug.ts';

/**
 * Reads an outline of products, the notation of the shipped tree. Two spaces of indentation make a child:
 *
 *     Exchange | Microsoft Exchange :: Mail and calendars
 *       Exchange Online | abbr EXO | was Exchange Hosted Services
 *       Exchange Server
 *         + 2013, 2016, 2019 | RTM
 *
 * `|` sets off further names: `was …` a former one, `abbr …` an abbreviation, else a spelling. `::` a description.
 * `+` lists versions of the parent; a version of "Excel for Mac" is "Excel 2016 for Mac".
 * Throws where the outline is broken, since it is a part of the program.
 */
export function readProductOutline(outline: string, rootSlug: string | null = null): CuratedTechnology[] {
  const technologies: CuratedTechnology[] = [];
  const path: CuratedTechnology[] = [];
  for (const line of outline.split('\n')) {
    if (line.trim() === '') continue;
    const depth = (line.length - line.trimStart().length) / 2;
    if (!Number.isInteger(depth) || depth > path.length) throw new Error(`outline: bad indentation: ${line}`);
    path.length = depth;
    const parent = path.at(-1);
    const parentSlug = parent?.slug ?? rootSlug;
    const text = line.trim();
    if (text.startsWith('+ ')) {
      if (parent === undefined) throw new Error(`outline: versions without a product: ${line}`);
      technologies.push(...readVersions(text.slice(2), parent));
    } else {
      const technology = readProduct(text, parentSlug);
      technologies.push(technology);
      path.push(technology);
    }
  }
  return technologies;
}

function readProduct(text: string, parentSlug: string | null): CuratedTechnology {
  const [names = '', description = ''] = text.split(' :: ');
  const [name = '', ...others] = names.split('|').map((part) => part.trim());
  return { slug: makeTechnologySlug(name), name, parentSlug, aliases: others.map(readAlias), description };
}

function readVersions(list: string, product: CuratedTechnology): CuratedTechnology[] {
  return list.split(',').map((item) => {
    const [version = '', ...others] = item.split('|').map((part) => part.trim());
    const name = nameVersion(product.name, version);
    const aliases = others.map(readAlias);
    return { slug: makeTechnologySlug(name), name, parentSlug: product.slug, aliases, description: '' };
  });
}

function nameVersion(product: string, version: string): string {
  const place = product.search(/ for Mac$/);
  return place < 0 ? `${product} ${version}` : `${product.slice(0, place)} ${version}${product.slice(place)}`;
}

function readAlias(text: string): TechnologyAlias {
  if (text.startsWith('was ')) return { name: text.slice(4), kind: 'former-name' };
  if (text.startsWith('abbr ')) return { name: text.slice(5), kind: 'abbreviation' };
  return { name: text, kind: 'spelling' };
}
