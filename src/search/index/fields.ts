import { type SectionKind, sectionKinds } from '../../knowledge/document.ts';

/** Where in an article a text stands; the order is the number in the index. */
export const fields = [
  'title',
  'heading',
  'body',
  'description',
  'path',
  'former',
  'product',
  'quote',
] as const;
export type Field = (typeof fields)[number];

type FieldWeight = {
  /** How much an occurrence counts beside one in the body. */
  readonly weight: number;
  /** Length in words at which an occurrence counts exactly that much. */
  readonly pivot: number;
  /** 0: length does not matter, 1: an occurrence counts in proportion to 1 / length. */
  readonly slope: number;
};

/**
 * BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009, section 3.6). The lengths are compared with
 * fixed pivots instead of the averages of the collection, so that the score of a document depends on no other one.
 */
export const fieldWeights: Readonly<Record<Field, FieldWeight>> = {
  title: { weight: 6, pivot: 9, slope: 0.3 },
  heading: { weight: 2, pivot: 25, slope: 0.5 },
  body: { weight: 1, pivot: 450, slope: 0.7 },
  description: { weight: 2.5, pivot: 25, slope: 0.4 },
  path: { weight: 2.5, pivot: 12, slope: 0.3 },
  former: { weight: 2.5, pivot: 12, slope: 0.3 },
  product: { weight: 0.3, pivot: 6, slope: 0.7 },
  quote: { weight: 1.5, pivot: 40, slope: 0.5 },
};

/** BM25's k1: the weighted count at which a term reaches half of its greatest effect. */
export const saturation = 1.2;

/** A field and a kind of section in one byte. */
export function packPlace(field: Field, section: SectionKind): number {
  return (fieldNumbers[field] << 4) | sectionNumbers[section];
}

const fieldNumbers = numberAll(fields);
const sectionNumbers = numberAll(sectionKinds);

function numberAll<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  const numbered = Object.fromEntries(names.map((name, at) => [name, at]));
  return numbered as Record<Name, number>; // every name has its number
}

export const placeField = (place: number): Field => fields[place >> 4] ?? 'body';
export const placeSection = (place: number): SectionKind => sectionKinds[place & 15] ?? 'other';

/** Bits of a document's flags. */
export const flagRetired = 1;
export const flagRemedy = 2;

/** No vendor's date of review is known. */
export const noDay = -0x80000000;
