import type { Piece } from './document-difference.ts';
import { isSpace, splitWords } from './split-words.ts';

/** What changed at one spot, and the unchanged text that follows it. */
type Spot = { removed: string; added: string; same: string };

/**
 * A lone "the" or comma that two rewritten stretches happen to share tells a reader nothing and tears both apart:
 * it is taken into the change.
 */
export function bridgeSmallGaps(pieces: readonly Piece[]): Piece[] {
  const spots = gatherSpots(pieces);
  const bridged: Spot[] = [];
  for (const spot of spots) {
    const last = bridged.at(-1);
    if (last !== undefined && isRewritten(last) && isRewritten(spot) && isSmall(last.same)) {
      last.removed += last.same + spot.removed;
      last.added += last.same + spot.added;
      last.same = spot.same;
    } else {
      bridged.push(spot);
    }
  }
  return bridged.flatMap(({ removed, added, same }) => [
    ...pieceOf('removed', removed),
    ...pieceOf('added', added),
    ...pieceOf('same', same),
  ]);
}

function pieceOf(state: Piece['state'], text: string): Piece[] {
  return text === '' ? [] : [{ state, text }];
}

function gatherSpots(pieces: readonly Piece[]): Spot[] {
  const spots: Spot[] = [];
  let open: Spot = { removed: '', added: '', same: '' };
  for (const piece of pieces) {
    if (piece.state !== 'same' && open.same !== '') {
      spots.push(open);
      open = { removed: '', added: '', same: '' };
    }
    open[piece.state] += piece.text;
  }
  spots.push(open);
  return spots;
}

function isRewritten(spot: Spot): boolean {
  return countWords(spot.removed) + countWords(spot.added) >= 2;
}

function isSmall(text: string): boolean {
  return countWords(text) <= 1 && text.trim().length <= 3;
}

function countWords(text: string): number {
  return splitWords(text).filter((word) => !isSpace(word) && /[\p{L}\p{N}]/u.test(word)).length;
}
