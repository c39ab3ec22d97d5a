import { sectionKinds } from '../../knowledge/document.ts';
import { asId } from '../../knowledge/ids.ts';
import { type Bits, forEachBit } from '../index/bits.ts';
import type { Segment } from '../index/segment.ts';
import type { Facets } from '../search-answer.ts';

/** Counts the values of the found documents of all segments. */
export function countFacets(found: readonly { readonly segment: Segment; readonly bits: Bits }[]): Facets {
  const technologies = new Map<number, number>();
  const sources = new Map<number, number>();
  const years = new Map<number, number>();
  const masks = new Map<number, number>();
  for (const { segment, bits } of found) {
    const { technologyStarts } = segment;
    forEachBit(bits, (document) => {
      const end = technologyStarts[document + 1] ?? 0;
      for (let at = technologyStarts[document] ?? 0; at < end; at += 1) {
        increment(technologies, segment.technologies[at] ?? 0);
      }
      increment(sources, segment.sourceIds[document] ?? 0);
      increment(years, yearOf(segment.changedAt[document] ?? 0));
      increment(masks, segment.sections[document] ?? 0);
    });
  }
  const sections = sectionKinds.map((kind, at): [typeof kind, number] => {
    let count = 0;
    for (const [mask, documents] of masks) if ((mask & (1 << at)) !== 0) count += documents;
    return [kind, count];
  });
  return {
    technologies: mostFirst(technologies).map(([id, count]) => ({ id: asId(id), count })),
    sources: mostFirst(sources).map(([id, count]) => ({ id: asId(id), count })),
    years: mostFirst(years).map(([year, count]) => ({ year, count })),
    sections: mostFirst(sections.filter(([, count]) => count > 0)).map(([kind, count]) => ({ kind, count })),
  };
}

function increment(counts: Map<number, number>, value: number): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function mostFirst<Value extends number | string>(counts: Iterable<[Value, number]>): [Value, number][] {
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}

const averageYearMs = 365.2425 * 86_400_000;

/** Without a Date for each document: estimates the year and moves by one where the estimate is off. */
function yearOf(instant: number): number {
  const year = 1970 + Math.floor(instant / averageYearMs);
  if (instant < startOf(year)) return year - 1;
  return instant < startOf(year + 1) ? year : year + 1;
}

const starts = new Map<number, number>();

function startOf(year: number): number {
  let start = starts.get(year);
  if (start === undefined) {
    start = Date.UTC(year, 0, 1);
    starts.set(year, start);
  }
  return start;
}
