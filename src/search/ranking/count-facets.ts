import { sectionKinds } from '../../knowledge/document.ts';
import { asId } from '../../knowledge/ids.ts';
import { type Bits, forEachBit } from '../index/bits.ts';
import type { IndexPart } from '../index/overlay.ts';
import type { Facets } from '../search-answer.ts';

/** Counts the values of the found documents of all parts. */
export function countFacets(found: readonly { readonly part: IndexPart; readonly found: Bits }[]): Facets {
  const technologies = new Counter();
  const sources = new Counter();
  const years = new Counter();
  const masks = new Counter();
  for (const { part, found: bits } of found) {
    const { segment } = part;
    const { technologyStarts, technologies: items, sourceIds, sections } = segment;
    forEachBit(bits, (document) => {
      const end = technologyStarts[document + 1] as number; // all have an entry per document
      for (let at = technologyStarts[document] as number; at < end; at += 1) {
        technologies.add(items[at] as number);
      }
      sources.add(sourceIds[document] as number);
      years.add(part.years[document] as number);
      masks.add(sections[document] as number);
    });
  }
  const sections = sectionKinds.map((kind, at): [typeof kind, number] => {
    let count = 0;
    for (const [mask, documents] of masks.list()) if ((mask & (1 << at)) !== 0) count += documents;
    return [kind, count];
  });
  return {
    technologies: mostFirst(technologies.list()).map(([id, count]) => ({ id: asId(id), count })),
    sources: mostFirst(sources.list()).map(([id, count]) => ({ id: asId(id), count })),
    years: mostFirst(years.list()).map(([year, count]) => ({ year, count })),
    sections: mostFirst(sections.filter(([, count]) => count > 0)).map(([kind, count]) => ({ kind, count })),
  };
}

/** Ids are small numbers nearly always: those are counted in an array, others in a map. */
const denseBelow = 4096;

/** Counts values. A class for its lifecycle: `add` each, then `list`. */
class Counter {
  readonly #dense = new Uint32Array(denseBelow);
  readonly #sparse = new Map<number, number>();
  readonly #seen: number[] = [];

  add(value: number): void {
    if (value < denseBelow) {
      const count = this.#dense[value] as number; // within bounds
      if (count === 0) this.#seen.push(value);
      this.#dense[value] = count + 1;
    } else this.#sparse.set(value, (this.#sparse.get(value) ?? 0) + 1);
  }

  list(): [number, number][] {
    return [
      ...this.#seen.map((value): [number, number] => [value, this.#dense[value] ?? 0]),
      ...this.#sparse,
    ];
  }
}

function mostFirst<Value extends number | string>(counts: Iterable<[Value, number]>): [Value, number][] {
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}
