import { forEachSurface, type Segment } from '../index/segment.ts';
import { readString } from '../index/string-table.ts';
import type { SnippetPart } from '../search-answer.ts';

type Piece = { readonly text: string; readonly isMarked: boolean };

/** So many characters stand before the first mark, for its sense. */
const leadLength = 60;

/** Writes the text of a block around a passage, cut at words, with `…` where something is left out. */
export function writeSnippet(
  segment: Segment,
  passage: { readonly block: number; readonly from: number },
  options: { readonly maxLength: number; readonly isMarked: (surface: number) => boolean },
): SnippetPart[] {
  const { pieces, from } = readPieces(segment, passage, options.isMarked);
  const total = pieces.reduce((sum, { text }) => sum + text.length, 0);
  let first = from;
  for (let lead = 0; first > 0; first -= 1) {
    lead += pieces[first - 1]?.text.length ?? 0;
    const tail = pieces.slice(first).reduce((sum, { text }) => sum + text.length, 0);
    if (lead > leadLength && tail >= Math.min(total, options.maxLength)) break;
  }
  let last = first;
  for (let length = 0; last < pieces.length; last += 1) {
    length += pieces[last]?.text.length ?? 0;
    if (length > options.maxLength && last > first) break;
  }
  const shown = mergeParts(pieces.slice(first, last));
  if (first > 0) shown.unshift({ text: '… ', isMarked: false });
  if (last < pieces.length) shown.push({ text: ' …', isMarked: false });
  return shown;
}

/** Words with what stands before them; spaces and joiners between two marked words are marked too. */
function readPieces(
  segment: Segment,
  { block, from }: { readonly block: number; readonly from: number },
  isMarked: (surface: number) => boolean,
): { pieces: Piece[]; from: number } {
  const pieces: Piece[] = [];
  let place = 0;
  let start = 0;
  let isAfterWord = false;
  forEachSurface(segment, block, (surface, isWord) => {
    if (place === from) start = pieces.length;
    if (isWord && isAfterWord) pieces.push({ text: ' ', isMarked: false });
    pieces.push({ text: readString(segment.surfaces, surface), isMarked: isWord && isMarked(surface) });
    isAfterWord = isWord;
    place += 1;
  });
  return {
    pieces: pieces.map((piece, at) => (isJoint(pieces, at) ? { ...piece, isMarked: true } : piece)),
    from: start,
  };
}

function isJoint(pieces: readonly Piece[], at: number): boolean {
  const [before, piece, after] = [pieces[at - 1], pieces[at], pieces[at + 1]];
  return Boolean(before?.isMarked && after?.isMarked && piece && /^(?: |[-_.\\/:@&+])$/.test(piece.text));
}

function mergeParts(pieces: readonly Piece[]): SnippetPart[] {
  const parts: SnippetPart[] = [];
  for (const { text, isMarked } of pieces) {
    const last = parts.at(-1);
    const folded = text.replace(/\s+/g, ' ');
    if (last && last.isMarked === isMarked) parts[parts.length - 1] = { text: last.text + folded, isMarked };
    else parts.push({ text: folded, isMarked });
  }
  return parts;
}
