import type { DocumentDifference } from '../difference/document-difference.ts';
import type { ChangedSpot } from './changed-spots.ts';
import { readContentWords } from './content-words.ts';
import { countResidue, isTelling } from './count-words.ts';
import { sampleNames } from './everyday-words.ts';

/** Blocks that are new or gone, with three words or more that the other side has nowhere. */
export function countBlocks(spots: readonly ChangedSpot[], state: 'added' | 'removed'): number {
  let count = 0;
  for (const spot of spots) {
    const sentences = state === 'added' ? spot.came : spot.gone;
    for (const row of spot.rows) {
      if (row.state !== state || row.moved !== null) continue;
      const block = row.after ?? row.before;
      const left = sentences.filter((sentence) => sentence.block === block && isTelling(sentence));
      if (countResidue(left) >= 3) count++;
    }
  }
  return count;
}

/** Sections that are new or gone with something of their own to say. */
export function countSections(difference: DocumentDifference, spots: readonly ChangedSpot[]): number {
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

const sampleNamesIn = new RegExp(sampleNames.source, 'gi');
/** The protocol of an address says little; that of a namespace is a part of its name. */
const addressesIn = /(?<!xmlns(?::\w+)?=["'])https?:\/\//g;

/** Code that differs in more than white space, case, the names of examples and of products. */
export function countCodeChanges(spots: readonly ChangedSpot[]): number {
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

/** Edited blocks in which four words or fewer are left over: the mark of a copy edit. */
export function countLightEdits(spots: readonly ChangedSpot[]): number {
  let count = 0;
  for (const { rows, gone, came } of spots) {
    for (const row of rows) {
      if (row.state !== 'changed') continue;
      const left = [...gone, ...came].filter(({ block }) => block === row.before || block === row.after);
      if (countResidue(left) <= 4) count++;
    }
  }
  return count;
}
