import type { Judgement, Reason } from '../change.ts';
import type { Document } from '../document.ts';
import { isSameForReader } from './is-same-for-reader.ts';

/**
 * How much a revised article matters to somebody who administers the product, and why.
 * Deterministic; asks nothing but the two documents.
 */
export function judgeChange(before: Document, after: Document): Judgement {
  const isDateBumped = before.vendorDate !== after.vendorDate;
  if (isSameForReader(before, after)) {
    return { significance: 'invisible', reasons: isDateBumped ? [dateBumpedTextSame] : [], passage: null };
  }
  const changed: Reason = { code: 'text-changed', section: null, sentence: 'The text changed.' };
  return {
    significance: 'material',
    reasons: isDateBumped ? [changed] : [changed, textChangedDateSame],
    passage: null,
  };
}

const dateBumpedTextSame: Reason = {
  code: 'date-bumped-text-same',
  section: null,
  sentence: 'Only the date was bumped; the text is the same.',
};

const textChangedDateSame: Reason = {
  code: 'text-changed-date-same',
  section: null,
  sentence: "The text changed, the vendor's date did not.",
};
