import type { Block } from '../document.ts';
import { type InlineText, nothing } from './inline-text.ts';

/** Where in its surroundings a piece of text stands. */
export type BlockPlace = {
  /** Nesting in lists. */
  readonly depth: number;
  /** The label of the alert around it, else ''. */
  readonly alert: string;
  /** Set for the first text of a list item: the number of a step, '' for a bullet. */
  readonly item: string | null;
};

/** A paragraph, step, bullet or alert, followed by its images; nothing where there is nothing to see. */
export function writeTextBlocks(add: (block: Block) => void, inline: InlineText, place: BlockPlace): void {
  const { depth } = place;
  if (inline.text !== '') {
    const { text, links, marks } = inline;
    if (place.item !== null)
      add({ kind: place.item === '' ? 'bullet' : 'step', text, depth, label: place.item, links, marks });
    else if (place.alert !== '') add({ kind: 'alert', text, depth, label: place.alert, links, marks });
    else add({ kind: 'paragraph', text, depth, label: '', links, marks });
  }
  let around = inline.text === '' ? inline.links : nothing;
  for (const image of inline.images) {
    const links = [{ text: image.alt, href: image.src }, ...around];
    add({ kind: 'image', text: image.alt, depth, label: '', links, marks: nothing });
    around = nothing;
  }
}

/** A row of a table: what its cells say, parted by ` | `. */
export function writeRow(add: (block: Block) => void, cells: readonly InlineText[], depth: number): void {
  if (cells.every((cell) => cell.text === '' && cell.images.length === 0)) return;
  add({
    kind: 'table-row',
    text: cells
      .map((cell) => cell.text || cell.images.map((image) => image.alt).join(' '))
      .join(' | ')
      .trim(),
    depth,
    label: '',
    links: cells.flatMap((cell) => [
      ...cell.links,
      ...cell.images.map((image) => ({ text: image.alt, href: image.src })),
    ]),
    marks: cells.flatMap((cell) => cell.marks),
  });
}

/** Code as it is written, without the line break at its end. */
export function writeCode(add: (block: Block) => void, code: string, language: string, depth: number): void {
  const text = code.trimEnd();
  if (text !== '') add({ kind: 'code', text, depth, label: language, links: nothing, marks: nothing });
}
