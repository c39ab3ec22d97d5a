import type { DocumentDifference } from '../difference/document-difference.ts';
import type { Block, Document } from '../document.ts';
import type { ChangedSpot, LoneSentence } from './changed-spots.ts';
import { compareProducts } from './compare-products.ts';
import { type ContentWord, readContentWords } from './content-words.ts';
import { sampleNames } from './everyday-words.ts';
import { isSameTarget, isToolLink } from './link-target.ts';
import { readVocabulary } from './vocabulary.ts';

const sampleNamesIn = new RegExp(sampleNames.source, 'gi');
/** The protocol of an address says little; that of a namespace is a part of its name. */
const addressesIn = /(?<!xmlns(?::\w+)?=["'])https?:\/\//g;

/** What is measured of a change; the names of the model's weights. */
export const measureNames = [
  'freshGain',
  'freshLoss',
  'newGain',
  'lostLoss',
  'plainSwap',
  'factSwap',
  'factGain',
  'factLoss',
  'productGain',
  'productsChanged',
  'negationFlip',
  'codeChange',
  'blockGain',
  'blockLoss',
  'sectionChange',
  'lightEdits',
  'toolLinkChange',
  'referenceChange',
  'headingChange',
  'titleChange',
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

function isPlain(word: ContentWord): boolean {
  return word.class === 'plain' && !word.isName;
}

/**
 * A value, a command, a path, the name of a control: what a reader types, clicks or compares. What is written with a
 * capital names a control where something is to be done with it.
 */
function isFact(word: ContentWord, { marked, isInstruction }: Surroundings): boolean {
  if (word.class === 'technical' || word.class === 'number') return true;
  return word.class === 'plain' && (marked.has(word.key) || (word.isName && isInstruction));
}

/** What tells more about a word: what its block sets off, and whether its sentence tells to do something. */
type Surroundings = { readonly marked: ReadonlySet<string>; readonly isInstruction: boolean };

function surroundingsOf({ block, words }: LoneSentence): Surroundings {
  const isInstruction = words.some((word) => word.class === 'plain' && instructions.has(word.key));
  return { marked: markedWords(block), isInstruction };
}

const instructions: ReadonlySet<string> = new Set(
  readContentWords('select click open navigate enter type switch').map((word) => word.key),
);

function markedWords(block: Block): ReadonlySet<string> {
  if (block.marks.length === 0) return nothing;
  return new Set(block.marks.flatMap((mark) => readContentWords(mark.text)).map((word) => word.key));
}

const nothing: ReadonlySet<string> = new Set();

/** Words of sentences that are new by half or more. */
function countFresh(sentences: readonly LoneSentence[]): number {
  return countAll(
    sentences.filter(({ residue, words }) => residue.length * 2 >= words.length && words.length > 2),
  );
}

function countLightEdits(spots: readonly ChangedSpot[]): number {
  let count = 0;
  for (const { rows, gone, came } of spots) {
    for (const row of rows) {
      if (row.state !== 'changed') continue;
      const left = [...gone, ...came].filter(({ block }) => block === row.before || block === row.after);
      if (countAll(left) <= 4) count++;
    }
  }
  return count;
}

type Balance = { gain: number; loss: number; swap: number };

type WordTest = (word: ContentWord, around: Surroundings) => boolean;

/** What came without anything going at the same spot, the reverse, and what took the place of something. */
function balanceSpots(spots: readonly ChangedSpot[], test: WordTest): Balance {
  const balance: Balance = { gain: 0, loss: 0, swap: 0 };
  const count = (sentences: readonly LoneSentence[]) =>
    sentences.filter(isTelling).reduce((sum, sentence) => {
      const around = surroundingsOf(sentence);
      return sum + sentence.residue.filter((word) => test(word, around)).length;
    }, 0);
  for (const spot of spots) {
    const gained = count(spot.came);
    const lost = count(spot.gone);
    balance.gain += Math.max(0, gained - lost);
    balance.loss += Math.max(0, lost - gained);
    balance.swap += Math.min(gained, lost);
  }
  return balance;
}

function dampen(count: number): number {
  return Math.log1p(count);
}

function isTelling(sentence: LoneSentence): boolean {
  return sentence.role === 'plain' && sentence.residue.length > 0;
}

/** Only a "not" came or went: the sentence says the opposite now. */
function isFlipped({ residue }: LoneSentence): boolean {
  return residue.every((word) => word.class === 'negation');
}

function isReference(sentence: LoneSentence): boolean {
  return sentence.role === 'reference' && sentence.residue.length > 0;
}

function countNewProducts(sentences: readonly LoneSentence[], known: ReadonlySet<string>): number {
  const products = sentences.flatMap((one) => one.residue).filter((word) => word.class === 'product');
  return new Set(products.map((word) => word.key).filter((key) => !known.has(key))).size;
}

function countAll(sentences: readonly LoneSentence[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.residue.length, 0);
}

function countUnknown(sentences: readonly LoneSentence[], vocabulary: ReadonlySet<string>): number {
  const unknown = new Set<string>();
  for (const sentence of sentences) {
    for (const word of sentence.residue) if (!vocabulary.has(word.key)) unknown.add(word.key);
  }
  return unknown.size;
}

/** Sections that are new or gone with something of their own to say. */
function countSections(difference: DocumentDifference, spots: readonly ChangedSpot[]): number {
  const telling = new Set(
    spots.flatMap((spot) => [...spot.gone, ...spot.came].filter(isTelling).map((sentence) => sentence.block)),
  );
  return difference.sections.filter(
    ({ state, blocks }) =>
      (state === 'added' || state === 'removed') &&
      blocks.some(({ before, after, moved }) => {
        const block = after ?? before;
        return moved === null && block !== null && telling.has(block);
      }),
  ).length;
}

/** Code that differs in more than white space, case, the names of examples and of products. */
function countCodeChanges(spots: readonly ChangedSpot[]): number {
  let count = 0;
  for (const row of spots.flatMap((spot) => spot.rows)) {
    if (row.state !== 'changed' || row.before?.kind !== 'code' || row.after?.kind !== 'code') continue;
    if (codeKey(row.before.text) !== codeKey(row.after.text)) count++;
  }
  return count;
}

/** In code signs count too: a bracket that is missing breaks it. */
function codeKey(code: string): string {
  const text = code.replace(sampleNamesIn, '').replace(addressesIn, '');
  const signs = text.replace(/[^()[\]{}<>$|=+*/\\"'&;!-]/g, '');
  const words = readContentWords(text).map((word) => word.key);
  // What a namespace is called is exact; readContentWords leaves the protocol of addresses out.
  const namespaces = text.match(/xmlns(?::\w+)?=["'][^"']*/g) ?? [];
  return `${words.join(' ')} ${signs} ${namespaces.join(' ')}`;
}

function countBlocks(spots: readonly ChangedSpot[], state: 'added' | 'removed'): number {
  let count = 0;
  for (const spot of spots) {
    const sentences = state === 'added' ? spot.came : spot.gone;
    for (const row of spot.rows) {
      if (row.state !== state || row.moved !== null) continue;
      const block = row.after ?? row.before;
      const left = sentences.filter((sentence) => sentence.block === block && isTelling(sentence));
      if (countAll(left) >= 3) count++;
    }
  }
  return count;
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

/** Tools and downloads to which only one of the documents leads. One that kept its name is the same at a new address. */
function countToolLinks(before: Document, after: Document): number {
  const one = toolLinksOf(before);
  const other = toolLinksOf(after);
  const lone = (links: readonly Link[], others: readonly Link[]) =>
    links.filter((link) => !others.some((candidate) => isSameTool(link, candidate))).length;
  return lone(one, other) + lone(other, one);
}

type Link = Block['links'][number];

function isSameTool(one: Link, other: Link): boolean {
  if (isSameTarget(one.href, other.href)) return true;
  return one.text === other.text && /\p{L}\S*\s+\S*\p{L}/u.test(one.text);
}

function toolLinksOf(document: Document): Link[] {
  const links = new Map<string, Link>();
  for (const section of document.sections) {
    for (const block of section.blocks) {
      for (const link of block.links) if (isToolLink(link.href)) links.set(link.href, link);
    }
  }
  return [...links.values()];
}

/** How much of a document is nothing but links, 0 to 1: of a page that only leads on, nearly all. */
function shareOfLinks(document: Document): number {
  let linked = 0;
  let all = 0;
  for (const section of document.sections) {
    for (const block of section.blocks) {
      if (block.kind === 'image') continue;
      all += block.text.length;
      const inLinks = block.links.reduce((sum, link) => sum + link.text.length, 0);
      if (inLinks >= block.text.length * 0.8) linked += block.text.length;
    }
  }
  return all === 0 ? 0 : linked / all;
}
