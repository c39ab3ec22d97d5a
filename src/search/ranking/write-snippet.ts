import { forEachSurface, readSurface, type Segment } from '../index/segment.ts';
import type { SnippetPart } from '../search-answer.ts';

type Piece = { readonly surface: number; readonly isMarked: boolean; readonly isSpaced: boolean };

/** So many characters stand before the first mark, for its sense. */
const leadLength = 60;

/** Writes the text of a block around a passage, cut at words, with `…` where something is left out. */
export function writeSnippet(
  segment: Segment,
  passage: { readonly block: number; readonly from: number },
  options: { readonly maxLength: number; readonly isMarked: (surface: number) => boolean },
): SnippetPart[] {
  const pieces = readPieces(segment, passage.block, options.isMarked);
  const { starts } = segment.surfaces;
  // In bytes, which is near enough.
  const lengthAt = (at: number) => {
    const { surface = 0, isSpaced = false } = pieces[at] ?? {};
    return (starts[surface + 1] ?? 0) - (starts[surface] ?? 0) + (isSpaced ? 1 : 0);
  };
  let last = passage.from;
  let length = 0;
  while (last < pieces.length && (last === passage.from || length + lengthAt(last) <= options.maxLength)) {
    length += lengthAt(last);
    last += 1;
  }
  // Back to what leads to the first mark, and further where the text ends soon.
  let first = Math.min(passage.from, pieces.length);
  for (let lead = 0; first > 0; first -= 1) {
    lead += lengthAt(first - 1);
    if (lead > leadLength && length + lead > options.maxLength) break;
  }
  while (last > passage.from + 1 && lengthOf(pieces, first, last, lengthAt) > options.maxLength) last -= 1;
  const shown = mergePieces(segment, pieces.slice(first, last));
  if (first > 0) shown.unshift({ text: '… ', isMarked: false });
  if (last < pieces.length) shown.push({ text: ' …', isMarked: false });
  return shown;
}

function lengthOf(
  pieces: readonly Piece[],
  first: number,
  last: number,
  lengthAt: (at: number) => number,
): number {
  let length = 0;
  for (let at = first; at < Math.min(last, pieces.length); at += 1) length += lengthAt(at);
  return length;
}

/** Surfaces of a block; `isSpaced`: a space stands before it that goes without saying. */
function readPieces(segment: Segment, block: number, isMarked: (surface: number) => boolean): Piece[] {
  const pieces: Piece[] = [];
  let isAfterWord = false;
  forEachSurface(segment, block, (surface, isWord) => {
    pieces.push({ surface, isMarked: isWord && isMarked(surface), isSpaced: isWord && isAfterWord });
    isAfterWord = isWord;
  });
  return pieces;
}

/** Joins what is marked alike; a space or joiner between two marked words is marked too. */
function mergePieces(segment: Segment, pieces: readonly Piece[]): SnippetPart[] {
  const parts: { text: string; isMarked: boolean }[] = [];
  const add = (text: string, isMarked: boolean) => {
    const last = parts.at(-1);
    if (last?.isMarked === isMarked) last.text += text;
    else parts.push({ text, isMarked });
  };
  pieces.forEach((piece, at) => {
    const isAfterMark = pieces[at - 1]?.isMarked === true;
    const text = readSurface(segment, piece.surface);
    if (piece.isSpaced && at > 0) add(' ', piece.isMarked && isAfterMark);
    const isJoint = isAfterMark && pieces[at + 1]?.isMarked === true && /^(?: |[-_.\\/:@&+])$/.test(text);
    add(/\s\s|[\n\t]/.test(text) ? text.replace(/\s+/g, ' ') : text, piece.isMarked || isJoint);
  });
  return parts;
}
