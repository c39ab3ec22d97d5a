import { compareDocuments } from '../difference/compare-documents.ts';
import type { DocumentDifference } from '../difference/document-difference.ts';
import type { Document } from '../document.ts';
import { type ChangedSpot, gatherChangedSpots } from './changed-spots.ts';
import { type Measures, measureChange } from './measure-change.ts';
import { setOff } from './set-off.ts';

/** Everything on which a judgement rests. */
export type ChangeEvidence = {
  readonly before: Document;
  readonly after: Document;
  readonly difference: DocumentDifference;
  readonly spots: readonly ChangedSpot[];
  readonly measures: Measures;
};

/** Compares two documents and measures what a reader would weigh. */
export function gatherEvidence(before: Document, after: Document): ChangeEvidence {
  const difference = compareDocuments(before, after);
  const spots = gatherChangedSpots(difference);
  setOff(spots, before, after);
  return { before, after, difference, spots, measures: measureChange({ before, after, difference, spots }) };
}
