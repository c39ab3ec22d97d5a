import type { Judgement, Reason } from '../change.ts';
import type { Document } from '../document.ts';
import { gatherEvidence } from './change-evidence.ts';
import { findDecisivePassage } from './decisive-passage.ts';
import { isSameForReader } from './is-same-for-reader.ts';
import { nameMinorReasons } from './name-minor-reasons.ts';
import { nameMaterialReasons } from './name-reasons.ts';
import { shippedModel, weighMeasures } from './weigh-measures.ts';

/**
 * How much a revised article matters to somebody who administers the product, and why. Deterministic: it asks nothing
 * but the two documents. invisible: a page shows the same. material: a reader would do, check or believe something
 * else. minor: everything between.
 */
export function judgeChange(before: Document, after: Document): Judgement {
  const isDateSame = before.vendorDate === after.vendorDate;
  if (isSameForReader(before, after)) {
    return { significance: 'invisible', reasons: isDateSame ? [] : [dateBumpedTextSame], passage: null };
  }
  const evidence = gatherEvidence(before, after);
  const isMaterial = weighMeasures(evidence.measures) >= shippedModel.threshold;
  const reasons = isMaterial ? nameMaterialReasons(evidence) : nameMinorReasons(evidence);
  return {
    significance: isMaterial ? 'material' : 'minor',
    reasons: [
      ...(reasons.length > 0 ? reasons : nameMinorReasons(evidence)),
      ...(isDateSame && after.vendorDate !== null ? [textChangedDateSame] : []),
    ],
    passage: findDecisivePassage(evidence.spots),
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
  sentence: "The text changed; the vendor's date did not.",
};
