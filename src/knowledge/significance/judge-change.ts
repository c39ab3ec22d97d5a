import type { Judgement, Reason } from '../change.ts';
import type { Document } from '../document.ts';
import { gatherEvidence } from './change-evidence.ts';
import { nameVendorFacts } from './compare-vendor-facts.ts';
import { findDecisivePassage } from './decisive-passage.ts';
import { isSameForReader } from './is-same-for-reader.ts';
import { nameMaterialReasons } from './name-material-reasons.ts';
import { nameMinorReasons } from './name-minor-reasons.ts';
import { shippedModel, weighMeasures } from './weigh-measures.ts';

/**
 * How much a revised article matters to somebody who administers the product, and why. Deterministic: it asks nothing
 * but the two documents. invisible: a page shows the same. material: a reader would do, check or believe something
 * else. minor: everything between.
 */
export function judgeChange(before: Document, after: Document): Judgement {
  const facts = nameVendorFacts(before, after);
  if (facts.length === 0 && isSameForReader(before, after)) {
    return { significance: 'invisible', reasons: nameBump(before, after), passage: null };
  }
  const evidence = gatherEvidence(before, after);
  const isMaterial = facts.length > 0 || weighMeasures(evidence.measures) >= shippedModel.threshold;
  const reasons = isMaterial ? [...facts, ...nameMaterialReasons(evidence)] : nameMinorReasons(evidence);
  const isDateSame = after.vendorDate !== null && before.vendorDate === after.vendorDate;
  return {
    significance: isMaterial ? 'material' : 'minor',
    reasons: isDateSame ? [...reasons, textChangedDateSame] : reasons,
    passage: findDecisivePassage(evidence.spots),
  };
}

function nameBump(before: Document, after: Document): Reason[] {
  if (before.vendorDate !== after.vendorDate) return [dateBumpedTextSame];
  return before.vendorRevision !== after.vendorRevision ? [revisionBumpedTextSame] : [];
}

const dateBumpedTextSame: Reason = {
  code: 'date-bumped-text-same',
  section: null,
  sentence: 'Only the date was bumped; the text is the same.',
};

const revisionBumpedTextSame: Reason = {
  code: 'revision-bumped-text-same',
  section: null,
  sentence: "Only the vendor's revision number was bumped; the text is the same.",
};

const textChangedDateSame: Reason = {
  code: 'text-changed-date-same',
  section: null,
  sentence: "The text changed; the vendor's date did not.",
};
