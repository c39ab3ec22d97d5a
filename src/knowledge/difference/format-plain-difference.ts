import type {
  BlockDifference,
  DocumentDifference,
  FactDifference,
  Piece,
  SectionDifference,
} from './document-difference.ts';
import { foldUnchanged } from './fold-unchanged.ts';

/**
 * The difference as plain text that can be read without colour: `[-gone-]` and `{+new+}` around changed words,
 * `-` and `+` before whole blocks, `~` before moved ones, unchanged parts folded. '' when nothing differs.
 */
export function formatPlainDifference(difference: DocumentDifference): string {
  const parts = [
    ...difference.facts.map(formatFact),
    ...difference.sections
      .filter((section) => section.state !== 'same' || section.isMoved)
      .map(formatSection),
  ];
  return parts.length === 0 ? '' : `${parts.join('\n')}\n`;
}

function formatFact({ name, before, after }: FactDifference): string {
  const gone = before.filter((value) => !after.includes(value)).map((value) => `- ${name}: ${value}`);
  const came = after.filter((value) => !before.includes(value)).map((value) => `+ ${name}: ${value}`);
  return [...gone, ...came].join('\n');
}

function formatSection(section: SectionDifference): string {
  const notes = [
    ...(section.state === 'added' ? ['section added'] : []),
    ...(section.state === 'removed' ? ['section removed'] : []),
    ...(section.isMoved ? ['moved'] : []),
  ];
  const heading = markWords(section.heading) || '(before the first heading)';
  const lines = [`\n== ${heading}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`];
  for (const row of foldUnchanged(section.blocks)) {
    if (row.kind === 'shown') lines.push(...formatBlock(row.block));
    else lines.push(`  … ${row.blocks.length} unchanged`);
  }
  return lines.join('\n');
}

function formatBlock(block: BlockDifference): string[] {
  const lines = [`${signOf(block)} ${indent(textOf(block))}${placeOf(block)}`];
  if (block.state !== 'changed' && block.moved === null) return lines;
  for (const link of block.links) {
    lines.push(`    link "${link.text}": ${link.before ?? '(none)'} -> ${link.after ?? '(none)'}`);
  }
  return lines;
}

function signOf(block: BlockDifference): string {
  if (block.moved !== null) return '~';
  return { same: ' ', changed: '*', removed: '-', added: '+' }[block.state];
}

function textOf(block: BlockDifference): string {
  if (block.moved !== null) return markWords(block.pieces);
  return block.state === 'changed'
    ? markWords(block.pieces)
    : (block.after ?? block.before)?.text || '(image)';
}

function placeOf(block: BlockDifference): string {
  if (block.moved === null) return '';
  return block.state === 'removed'
    ? ` (moved to #${block.moved.anchor})`
    : ` (moved from #${block.moved.anchor})`;
}

function markWords(pieces: readonly Piece[]): string {
  return pieces
    .map(({ state, text }) => (state === 'same' ? text : state === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
