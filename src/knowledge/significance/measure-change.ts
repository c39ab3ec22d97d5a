import type { DocumentDifference } from '../difference/document-difference.ts';
import type { Document } from '../document.ts';
import type { ChangedSpot } from './changed-spots.ts';
import { compareProducts } from './compare-products.ts';
import { readContentWords } from './content-words.ts';
import { countBlocks, countCodeChanges, countLightEdits, countSections } from './count-blocks.ts';
import { countToolLinks, shareOfLinks } from './count-links.ts';
import {
  balanceSpots,
  countFresh,
  countNewProducts,
  countUnknown,
  isFact,
  isFlipped,
  isPlain,
  isReference,
  isTelling,
} from './count-words.ts';
import { readVocabulary } from './vocabulary.ts';

/** What is measured of a change; the names of the model's weights. "Left over" is what setOff left of the sentences. */
export const measureNames = [
  /** Words left over in sentences that are new by half or more, and in those that are gone. */
  'freshGain',
  'freshLoss',
  /** Different words left over that the other document has nowhere. */
  'newGain',
  'lostLoss',
  /** Plain words that took the place of others at the same spot: rewording. */
  'plainSwap',
  /** Values, commands, paths and names of controls: replaced, come, gone. */
  'factSwap',
  'factGain',
  'factLoss',
  /** Products that the text had not named before. */
  'productGain',
  /** Products more and fewer to which the article says it applies. */
  'productsChanged',
  /** Sentences that only lost or got a "not". */
  'negationFlip',
  /** Pieces of code that differ by more than white space and the names of examples. */
  'codeChange',
  'blockGain',
  'blockLoss',
  /** Sections that are new or gone with something of their own to say. */
  'sectionChange',
  /** Edited blocks with next to nothing left over: the mark of a copy edit. */
  'lightEdits',
  /** Tools and downloads to which only one side leads. */
  'toolLinkChange',
  /** Pointers to further reading that came or went. */
  'referenceChange',
  'headingChange',
  'titleChange',
  /** How much of the page is nothing but links, 0 to 1. */
  'landing',
] as const;
export type MeasureName = (typeof measureNames)[number];
export type Measures = Readonly<Record<MeasureName, number>>;

/** Measures a change whose spots were set off. Counts are dampened by log(1 + n). */
export function measureChange(request: {
  readonly before: Document;
  readonly after: Document;
  readonly difference: DocumentDifference;
  readonly spots: readonly ChangedSpot[];
}): Measures {
  const { before, after, difference, spots } = request;
  const gone = spots.flatMap((spot) => spot.gone.filter(isTelling));
  const came = spots.flatMap((spot) => spot.came.filter(isTelling));
  const residue = gone.length + came.length;
  const wordsBefore = residue === 0 ? nothing : readVocabulary(before).words;
  const wordsAfter = residue === 0 ? nothing : readVocabulary(after).words;
  const products = compareProducts(before.appliesTo, after.appliesTo);
  const references = spots.flatMap((spot) => [...spot.gone, ...spot.came]).filter(isReference);
  const plain = balanceSpots(spots, isPlain);
  const facts = balanceSpots(spots, isFact);
  return {
    freshGain: dampen(countFresh(came)),
    freshLoss: dampen(countFresh(gone)),
    newGain: dampen(countUnknown(came, wordsBefore)),
    lostLoss: dampen(countUnknown(gone, wordsAfter)),
    plainSwap: dampen(plain.swap),
    factSwap: dampen(facts.swap),
    factGain: dampen(facts.gain),
    factLoss: dampen(facts.loss),
    productGain: dampen(countNewProducts(came, wordsBefore)),
    productsChanged: dampen(products.added.length + products.removed.length),
    negationFlip: dampen([...came, ...gone].filter(isFlipped).length),
    codeChange: dampen(countCodeChanges(spots)),
    blockGain: dampen(countBlocks(spots, 'added')),
    blockLoss: dampen(countBlocks(spots, 'removed')),
    sectionChange: dampen(countSections(difference, spots)),
    lightEdits: dampen(countLightEdits(spots)),
    headingChange: dampen(countHeadingWords(difference)),
    titleChange: dampen(countTitleWords(before.title, after.title)),
    toolLinkChange: dampen(countToolLinks(before, after)),
    referenceChange: dampen(references.length),
    landing: Math.max(shareOfLinks(before), shareOfLinks(after)),
  };
}

const nothing: ReadonlySet<string> = new Set();

function dampen(count: number): number {
  return Math.log1p(count);
}

function countHeadingWords(difference: DocumentDifference): number {
  const before: string[] = [];
  const after: string[] = [];
  for (const section of difference.sections) {
    if (section.heading.every((piece) => piece.state === 'same')) continue;
    before.push(...readContentWords(section.before?.section.heading ?? '').map((word) => word.key));
    after.push(...readContentWords(section.after?.section.heading ?? '').map((word) => word.key));
  }
  return countUnshared(before, after);
}

function countTitleWords(before: string, after: string): number {
  if (before === after) return 0;
  const keys = (text: string) => readContentWords(text).map((word) => word.key);
  return countUnshared(keys(before), keys(after));
}

function countUnshared(before: readonly string[], after: readonly string[]): number {
  const left = new Set(before);
  const right = new Set(after);
  return (
    [...left].filter((key) => !right.has(key)).length + [...right].filter((key) => !left.has(key)).length
  );
}
