/** A text that was written before. */
export type EarlierText<Id> = { readonly id: Id; readonly body: string };

const shingleWords = 3;
/** From which likeness on two texts say the same. */
const sameFrom = 0.8;

/** The words of a text without what two writings of the same differ in: case, accents, marks, white space. */
function normaliseText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The earliest text that says the same: equal once normalised, or with the same runs of three words but for a fifth
 * (resemblance of shingles: Broder, "On the resemblance and containment of documents", 1997). Where most differs, as
 * in the outcome of a sentence, short texts are never alike.
 */
export function findDuplicate<Id>(text: string, earlier: Iterable<EarlierText<Id>>): Id | null {
  const normal = normaliseText(text);
  if (normal === '') return null;
  const own = shinglesOf(normal);
  for (const { id, body } of earlier) {
    const other = normaliseText(body);
    if (other === normal) return id;
    if (own.size >= 8 && likeness(own, shinglesOf(other)) >= sameFrom) return id;
  }
  return null;
}

function shinglesOf(normal: string): Set<string> {
  const words = normal.split(' ');
  const shingles = new Set<string>();
  for (let at = 0; at + shingleWords <= words.length; at += 1) {
    shingles.add(words.slice(at, at + shingleWords).join(' '));
  }
  return shingles;
}

/** Jaccard's coefficient. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const shingle of one) if (other.has(shingle)) shared += 1;
  return shared / (one.size + other.size - shared);
}
