import type { IndexPart } from '../index/overlay.ts';
import { findTerm, type Segment } from '../index/segment.ts';
import { addImpacts, raiseToImpacts } from './postings.ts';
import type { WeighedQuery, WeighedUnit } from './weigh-query.ts';

/** What being called so by others counts beside the greatest impact of a word in the text. */
const linkImpact = 0.4;

/**
 * The score of every document of a part by its words: 1 where each unit has its greatest impact; what shows a unit
 * exactly (a code, an own number) comes on top. BM25F's sum over terms, divided by the weight of the query.
 */
export function scoreDocuments(part: IndexPart, query: WeighedQuery): Float32Array {
  const { segment } = part;
  const scores = new Float32Array(segment.documentCount);
  const total = query.totalWeight || 1;
  const spare = new Float32Array(segment.documentCount);
  for (const unit of query.units) {
    const name = unit.name === null ? -1 : findTerm(segment, unit.name);
    if (name < 0) addWords(segment, unit, total, scores);
    else {
      spare.fill(0);
      addWords(segment, unit, total, spare);
      raiseToImpacts(segment, name, unit.weight / total, spare);
      for (let document = 0; document < scores.length; document += 1) {
        (scores[document] as number) += spare[document] as number; // both have an entry per document
      }
    }
    addLinks(part, unit, total, scores);
    for (const { term, add } of unit.boosts) addBoost(segment, findTerm(segment, term), add, scores);
  }
  return scores;
}

function addWords(segment: Segment, unit: WeighedUnit, total: number, scores: Float32Array): void {
  const factor = shareFactor(unit) / total;
  for (const { term, weight, isScored } of unit.words) {
    const number = isScored ? findTerm(segment, term) : -1;
    if (number >= 0) addImpacts(segment, number, weight * factor, scores);
  }
}

function addLinks(
  { segment, overlay }: IndexPart,
  unit: WeighedUnit,
  total: number,
  scores: Float32Array,
): void {
  const { documentStarts, documents } = overlay.links;
  const factor = (linkImpact * shareFactor(unit)) / total;
  for (const { term, weight, isScored } of unit.words) {
    const number = isScored ? findTerm(segment, term) : -1;
    if (number < 0) continue;
    const end = documentStarts[number + 1] ?? 0;
    for (let at = documentStarts[number] ?? 0; at < end; at += 1) {
      (scores[documents[at] ?? 0] as number) += weight * factor;
    }
  }
}

function addBoost(segment: Segment, term: number, add: number, scores: Float32Array): void {
  if (term < 0) return;
  const before = scores.slice();
  addImpacts(segment, term, 1, scores);
  for (let document = 0; document < scores.length; document += 1) {
    if (scores[document] !== before[document]) (scores[document] as number) += add;
  }
}

/** The words of a name share the weight of the name. */
function shareFactor(unit: WeighedUnit): number {
  const sum = unit.words.reduce((total, { weight }) => total + weight, 0);
  return sum === 0 ? 0 : unit.weight / sum;
}
