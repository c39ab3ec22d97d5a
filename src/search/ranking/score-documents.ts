import { createBits, forEachBit } from '../index/bits.ts';
import type { IndexPart } from '../index/overlay.ts';
import { findTerm, type Segment } from '../index/segment.ts';
import { findString } from '../index/string-table.ts';
import { addBoost, addImpacts, addPostings, raiseToImpacts } from './postings.ts';
import type { WeighedQuery, WeighedUnit } from './weigh-query.ts';

/** What being called so by others counts beside the greatest impact of a word in the text. */
const linkImpact = 0.4;

/** Room for the scores of a part's documents, used again by each query. */
export type ScoreRoom = { readonly scores: Float32Array; readonly spare: Float32Array };

export function createScoreRoom({ segment }: IndexPart): ScoreRoom {
  const count = segment.documentCount;
  return { scores: new Float32Array(count), spare: new Float32Array(count) };
}

/** Of so many documents it is faster to add up all scores than those of the ones concerned. */
const denseShare = 1 / 4;

/**
 * The score of every document of a part by its words: 1 where each unit has its greatest impact; what shows a unit
 * exactly (a code, an own number) comes on top. BM25F's sum over terms, divided by the weight of the query.
 * Valid until the room is used again.
 */
export function scoreDocuments(part: IndexPart, query: WeighedQuery, room: ScoreRoom): Float32Array {
  const { segment } = part;
  const scores = room.scores.fill(0);
  const total = query.totalWeight || 1;
  for (const unit of query.units) {
    const name = unit.name === null ? -1 : findTerm(segment, unit.name);
    if (name < 0) addWords(segment, unit, total, scores);
    else addNamed(segment, { unit, name, total }, room);
    addLinks(part, unit, total, scores);
    for (const { term, add } of unit.boosts) {
      const number = findTerm(segment, term);
      if (number >= 0) addBoost(segment, number, add, scores);
    }
  }
  return scores;
}

/** A document has the words or the name: the better of the two counts. */
function addNamed(
  segment: Segment,
  { unit, name, total }: { unit: WeighedUnit; name: number; total: number },
  { scores, spare }: ScoreRoom,
): void {
  const word = unit.words.length === 1 ? findTerm(segment, unit.words[0]?.term ?? '') : -1;
  // A word that is a name by itself is wherever the name is counted at least as often.
  if (word >= 0 && (segment.frequencies[name] ?? 0) >= (segment.frequencies[word] ?? 0)) {
    addImpacts(segment, name, unit.weight / total, scores);
    return;
  }
  addWords(segment, unit, total, spare);
  raiseToImpacts(segment, name, unit.weight / total, spare);
  const terms = [name, ...unit.words.map(({ term }) => findTerm(segment, term))].filter((term) => term >= 0);
  const touched = terms.reduce((sum, term) => sum + (segment.frequencies[term] ?? 0), 0);
  if (touched > segment.documentCount * denseShare) {
    for (let document = 0; document < scores.length; document += 1) {
      (scores[document] as number) += spare[document] as number; // both have an entry per document
    }
    spare.fill(0);
    return;
  }
  const documents = createBits(segment.documentCount);
  for (const term of terms) addPostings(segment, term, documents);
  forEachBit(documents, (document) => {
    (scores[document] as number) += spare[document] as number;
    spare[document] = 0;
  });
}

function addWords(segment: Segment, unit: WeighedUnit, total: number, scores: Float32Array): void {
  const factor = shareFactor(unit) / total;
  for (const { term, weight, isScored } of unit.words) {
    const number = isScored ? findTerm(segment, term) : -1;
    if (number >= 0) addImpacts(segment, number, weight * factor, scores);
  }
}

function addLinks({ overlay }: IndexPart, unit: WeighedUnit, total: number, scores: Float32Array): void {
  const { terms, documentStarts, documents } = overlay.links;
  const factor = (linkImpact * shareFactor(unit)) / total;
  for (const { term, weight, isScored } of unit.words) {
    const number = isScored ? findString(terms, term) : -1;
    if (number < 0) continue;
    const end = documentStarts[number + 1] ?? 0;
    for (let at = documentStarts[number] ?? 0; at < end; at += 1) {
      (scores[documents[at] ?? 0] as number) += weight * factor;
    }
  }
}

/** The words of a name share the weight of the name. */
function shareFactor(unit: WeighedUnit): number {
  const sum = unit.words.reduce((total, { weight }) => total + weight, 0);
  return sum === 0 ? 0 : unit.weight / sum;
}
