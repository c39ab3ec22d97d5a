import type { Block, Document, Section } from '../document.ts';
import { alignBlocks } from './align-blocks.ts';
import { alignSections, type SectionPair } from './align-sections.ts';
import { compareFacts } from './compare-facts.ts';
import { compareLinks } from './compare-links.ts';
import { compareWords } from './compare-words.ts';
import type { BlockDifference, DocumentDifference, SectionDifference } from './document-difference.ts';
import { findMovedBlocks, type LoneBlock } from './find-moved-blocks.ts';

/**
 * Lays two documents side by side: facts, sections (by heading, place and content; moved ones recognised),
 * the blocks within them, and the words by which edited blocks differ. Deterministic; nothing of either side is lost.
 */
export function compareDocuments(before: Document, after: Document): DocumentDifference {
  const pairs = alignSections(before.sections, after.sections);
  const sections = pairs.map((pair) => comparePair(pair, before.sections, after.sections));
  return { facts: compareFacts(before, after), sections: markMovedBlocks(sections) };
}

function comparePair(
  pair: SectionPair,
  before: readonly Section[],
  after: readonly Section[],
): SectionDifference {
  const one = pair.before === null ? undefined : before[pair.before];
  const other = pair.after === null ? undefined : after[pair.after];
  const heading = compareWords(one?.heading ?? '', other?.heading ?? '');
  const blocks = compareBlocks(one?.blocks ?? [], other?.blocks ?? []);
  return {
    state: stateOf(one, other, heading.every(isSame) && blocks.every(isSame)),
    isMoved: pair.isMoved,
    before: one === undefined || pair.before === null ? null : { index: pair.before, section: one },
    after: other === undefined || pair.after === null ? null : { index: pair.after, section: other },
    heading,
    blocks,
  };
}

function isSame(part: { readonly state: string }): boolean {
  return part.state === 'same';
}

function stateOf(one: unknown, other: unknown, isUnchanged: boolean): SectionDifference['state'] {
  if (one === undefined) return 'added';
  if (other === undefined) return 'removed';
  return isUnchanged ? 'same' : 'changed';
}

function compareBlocks(before: readonly Block[], after: readonly Block[]): BlockDifference[] {
  return alignBlocks(before, after).map((pair) => {
    const one = pair.before === null ? undefined : before[pair.before];
    const other = pair.after === null ? undefined : after[pair.after];
    return compareBlockPair(one, other);
  });
}

function compareBlockPair(one: Block | undefined, other: Block | undefined): BlockDifference {
  const pieces = compareWords(one?.text ?? '', other?.text ?? '');
  const links = compareLinks(one?.links ?? [], other?.links ?? []);
  return {
    state: stateOf(one, other, pieces.every(isSame) && links.length === 0),
    before: one ?? null,
    after: other ?? null,
    pieces,
    links,
    moved: null,
  };
}

type Place = { readonly section: number; readonly row: number };

function markMovedBlocks(sections: readonly SectionDifference[]): SectionDifference[] {
  const removed: (LoneBlock & Place)[] = [];
  const added: (LoneBlock & Place)[] = [];
  sections.forEach((section, index) => {
    section.blocks.forEach(({ state, before, after }, row) => {
      if (state === 'removed' && before !== null && section.before !== null) {
        removed.push({ block: before, anchor: section.before.section.anchor, section: index, row });
      } else if (state === 'added' && after !== null && section.after !== null) {
        added.push({ block: after, anchor: section.after.section.anchor, section: index, row });
      }
    });
  });
  const rows = sections.map((section) => [...section.blocks]);
  for (const [from, to] of findMovedBlocks(removed, added)) {
    const source = removed[from];
    const target = added[to];
    if (source === undefined || target === undefined) continue;
    const { pieces, links } = compareBlockPair(source.block, target.block);
    replaceRow(rows, source, (row) => ({ ...row, pieces, links, moved: { anchor: target.anchor } }));
    replaceRow(rows, target, (row) => ({ ...row, pieces, links, moved: { anchor: source.anchor } }));
  }
  return sections.map((section, index) => ({ ...section, blocks: rows[index] ?? section.blocks }));
}

function replaceRow(
  rows: BlockDifference[][],
  place: Place,
  change: (row: BlockDifference) => BlockDifference,
): void {
  const blocks = rows[place.section];
  const row = blocks?.[place.row];
  if (blocks !== undefined && row !== undefined) blocks[place.row] = change(row);
}
