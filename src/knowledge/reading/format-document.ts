import type { Block, Document, Section } from '../document.ts';

/** What a document says as Markdown that reads well as it is: for terminals, assistants and tickets. */
export function formatDocument(document: Pick<Document, 'sections'>): string {
  return document.sections.map(formatSection).join('\n\n');
}

function formatSection({ heading, level, blocks }: Section): string {
  const parts: string[] = heading === '' ? [] : [`${'#'.repeat(level)} ${heading}`];
  let former: Block | null = null;
  for (const block of blocks) {
    const isTogether = former !== null && isInRow(former) && former.kind === block.kind;
    const text = formatBlock(block);
    if (isTogether) parts.push(`${parts.pop()}\n${text}`);
    else parts.push(text);
    former = block;
  }
  return parts.join('\n\n');
}

/** Items of a list and rows of a table stand below each other without an empty line. */
function isInRow({ kind }: Block): boolean {
  return kind === 'step' || kind === 'bullet' || kind === 'table-row';
}

function formatBlock(block: Block): string {
  // What a list holds has depth 1; its items stand at the margin, what belongs to an item below its text.
  const isItem = block.kind === 'step' || block.kind === 'bullet';
  const indent = '   '.repeat(Math.max(0, block.depth - (isItem ? 1 : 0)));
  const inside = (text: string) => text.replace(/^(?=.)/gm, indent);
  switch (block.kind) {
    case 'step':
      return `${indent}${block.label || '1'}. ${withLinks(block)}`;
    case 'bullet':
      return `${indent}- ${withLinks(block)}`;
    case 'code': {
      const fence = '`'.repeat(Math.max(3, longestRun(block.text) + 1));
      return inside(`${fence}${block.label}\n${block.text}\n${fence}`);
    }
    case 'alert':
      return inside(`> **${block.label || 'note'}:** ${withLinks(block)}`);
    case 'image':
      return `${indent}[image: ${block.text}]`;
    default:
      return inside(withLinks(block));
  }
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** Each link once, in the order of the text. */
function withLinks({ text, links }: Block): string {
  let done = '';
  let rest = text;
  for (const link of links) {
    const at = link.text === '' ? -1 : rest.indexOf(link.text);
    if (at < 0) continue;
    done += `${rest.slice(0, at)}[${link.text}](${link.href})`;
    rest = rest.slice(at + link.text.length);
  }
  return done + rest;
}
