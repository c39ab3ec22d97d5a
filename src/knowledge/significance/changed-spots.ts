import type {
  BlockDifference,
  DocumentDifference,
  Piece,
  SectionDifference,
} from '../difference/document-difference.ts';
import type { Block, Section, SectionKind } from '../document.ts';
import { type ContentWord, readContentWords } from './content-words.ts';
import { readSentenceRoles, type SentenceRole } from './sentence-role.ts';
import { splitSentences } from './split-sentences.ts';
import { findSystematicRenames, renameKey } from './systematic-renames.ts';

/** A sentence that stands on one side only, and the words of it that the other side has nowhere. */
export type LoneSentence = {
  readonly text: string;
  readonly block: Block;
  readonly role: SentenceRole;
  readonly words: readonly ContentWord[];
  /** What is left of `words` once both sides are set off against each other. */
  residue: ContentWord[];
};

/** Neighbouring blocks of a section that differ, as what went and what came. */
export type ChangedSpot = {
  readonly section: SectionKind;
  readonly heading: string;
  readonly gone: readonly LoneSentence[];
  readonly came: readonly LoneSentence[];
  readonly rows: readonly BlockDifference[];
};

/** Gathers the spots at which two documents differ. Images are left out: they show what the text says. */
export function gatherChangedSpots(difference: DocumentDifference): ChangedSpot[] {
  const renames = new Set(
    findSystematicRenames(difference).map(({ before, after }) => renameKey(before, after)),
  );
  return difference.sections.flatMap((section) => gatherInSection(section, renames));
}

function gatherInSection(section: SectionDifference, renames: ReadonlySet<string>): ChangedSpot[] {
  const place = (section.after ?? section.before)?.section;
  if (place === undefined || section.state === 'same') return [];
  const spots: ChangedSpot[] = [];
  let rows: BlockDifference[] = [];
  const flush = () => {
    if (rows.length > 0) spots.push(readSpot(rows, place, renames));
    rows = [];
  };
  for (const row of section.blocks) {
    if (row.state === 'same') flush();
    else if (!isImage(row) && !isMovedAway(row)) rows.push(row);
  }
  flush();
  return spots;
}

function isImage(row: BlockDifference): boolean {
  return (row.after ?? row.before)?.kind === 'image';
}

/** A moved block is looked at where it went. */
function isMovedAway(row: BlockDifference): boolean {
  return row.moved !== null && row.state === 'removed';
}

function readSpot(
  rows: readonly BlockDifference[],
  place: Section,
  renames: ReadonlySet<string>,
): ChangedSpot {
  const gone: LoneSentence[] = [];
  const came: LoneSentence[] = [];
  for (const row of rows) {
    const block = row.after ?? row.before;
    if (block === null) continue;
    if (row.state === 'changed' || row.moved !== null) {
      const pieces = block.kind === 'code' ? dropLineBreaks(row.pieces) : dropRespelling(row.pieces, renames);
      gone.push(...readSentences(row.before ?? block, joinPieces(pieces, 'removed')));
      came.push(...readSentences(row.after ?? block, joinPieces(pieces, 'added')));
      continue;
    }
    if (row.before !== null) gone.push(...readSentences(row.before, row.before.text));
    if (row.after !== null) came.push(...readSentences(row.after, row.after.text));
  }
  return { section: place.kind, heading: place.heading, rows, gone, came };
}

/** In code a space more or less may break a command; where a long line was broken says nothing. */
function dropLineBreaks(pieces: readonly Piece[]): Piece[] {
  const unbroken = (piece: Piece) => piece.text.replace(/\s*\n\s*/g, '');
  return dropEqual(pieces, (before, after) => unbroken(before) === unbroken(after));
}

function joinPieces(pieces: readonly Piece[], side: 'removed' | 'added'): string {
  return pieces
    .filter((piece) => piece.state === 'same' || piece.state === side)
    .map((piece) => piece.text)
    .join('');
}

/**
 * Takes as unchanged what differs by spaces, hyphens, punctuation and case alone ("becausethe", "front end"), and
 * what was renamed throughout.
 */
function dropRespelling(pieces: readonly Piece[], renames: ReadonlySet<string>): Piece[] {
  const letters = (piece: Piece) => piece.text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
  return dropEqual(
    pieces,
    (before, after) => letters(before) === letters(after) || renames.has(renameKey(before.text, after.text)),
  );
}

/** Takes the after for the before where something was replaced by what is the same. */
function dropEqual(pieces: readonly Piece[], isEqual: (before: Piece, after: Piece) => boolean): Piece[] {
  const isPair = (before: Piece | undefined, after: Piece | undefined) =>
    before?.state === 'removed' && after?.state === 'added' && isEqual(before, after);
  return pieces.flatMap((piece, index): Piece[] => {
    if (isPair(piece, pieces[index + 1])) return [];
    return isPair(pieces[index - 1], piece) ? [{ state: 'same', text: piece.text }] : [piece];
  });
}

function readSentences(block: Block, text: string): LoneSentence[] {
  const parts = block.kind === 'table-row' ? text.split(' | ').flatMap(splitSentences) : splitSentences(text);
  const roles = readSentenceRoles(parts, block);
  return parts.map((sentence, index) => {
    const words = readContentWords(sentence);
    return { text: sentence, block, role: roles[index] ?? 'plain', words, residue: [] };
  });
}
