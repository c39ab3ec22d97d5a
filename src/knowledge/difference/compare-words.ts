import { alignSequences } from './align-sequences.ts';
import { bridgeSmallGaps } from './bridge-small-gaps.ts';
import type { Piece } from './document-difference.ts';
import { isSpace, splitWords } from './split-words.ts';

/** A word with the white space in front of it; the last may be white space alone. */
type SpacedWord = { readonly space: string; readonly word: string };

/** Marks the words by which two texts differ. */
export function compareWords(before: string, after: string): Piece[] {
  if (before === after) return before === '' ? [] : [{ state: 'same', text: before }];
  const wordsBefore = spaceWords(before);
  const wordsAfter = spaceWords(after);
  const matches = alignSequences(
    wordsBefore.map((item) => item.word),
    wordsAfter.map((item) => item.word),
  );
  const pieces = new PieceList();
  let atBefore = 0;
  let atAfter = 0;
  for (const match of [...matches, { before: wordsBefore.length, after: wordsAfter.length, length: 0 }]) {
    for (; atBefore < match.before; atBefore++) pieces.remove(wordsBefore[atBefore]);
    for (; atAfter < match.after; atAfter++) pieces.add(wordsAfter[atAfter]);
    for (let step = 0; step < match.length; step++)
      pieces.keep(wordsBefore[atBefore++], wordsAfter[atAfter++]);
  }
  return pieces.finish();
}

function spaceWords(text: string): SpacedWord[] {
  const spaced: SpacedWord[] = [];
  let space = '';
  for (const word of splitWords(text)) {
    if (isSpace(word)) {
      space = word;
    } else {
      spaced.push({ space, word });
      space = '';
    }
  }
  if (space !== '') spaced.push({ space, word: '' });
  return spaced;
}

/** Gathers words to pieces: between two same stretches at most one removed piece, then one added. */
class PieceList {
  private readonly pieces: Piece[] = [];
  private same = '';
  private removed = '';
  private added = '';

  remove(item: SpacedWord | undefined): void {
    if (item !== undefined) this.removed += item.space + item.word;
  }

  add(item: SpacedWord | undefined): void {
    if (item !== undefined) this.added += item.space + item.word;
  }

  keep(before: SpacedWord | undefined, after: SpacedWord | undefined): void {
    if (before === undefined || after === undefined) return;
    if (before.space !== after.space) {
      this.removed += before.space;
      this.added += after.space;
      this.flush();
      this.same = before.word;
      return;
    }
    if (this.removed !== '' || this.added !== '') this.flush();
    this.same += before.space + before.word;
  }

  finish(): Piece[] {
    this.flush();
    return bridgeSmallGaps(this.pieces);
  }

  private flush(): void {
    const space = /^\s*/.exec(this.removed)?.[0] ?? '';
    if (space !== '' && this.added.startsWith(space)) {
      this.same += space;
      this.removed = this.removed.slice(space.length);
      this.added = this.added.slice(space.length);
    }
    if (this.same !== '') this.pieces.push({ state: 'same', text: this.same });
    if (this.removed !== '') this.pieces.push({ state: 'removed', text: this.removed });
    if (this.added !== '') this.pieces.push({ state: 'added', text: this.added });
    this.same = '';
    this.removed = '';
    this.added = '';
  }
}
