import { writeCode, writeTextBlocks } from './block-writer.ts';
import { foldText } from './fold-text.ts';
import type { Body } from './read-markdown.ts';
import { readSectionKind } from './section-kind.ts';
import { createSectionWriter } from './section-writer.ts';

const bullet = /^(\s*)(?:[•‣▪●*]|[-–](?=\s))\s*(.+)$/;
const step = /^(\s*)(\d{1,3})[.)]\s+(.+)$/;
const maxHeadingChars = 80;
/** Lines of plain text that are headings without any sign of it, by what they say. */
const isHeadingText = (line: string) =>
  line.length <= maxHeadingChars && !/[.!?,;]$/.test(line) && readSectionKind(line, null) !== 'other';

/**
 * Reads plain text: paragraphs between empty lines, bullets and numbers as lists, and as headings the lines of their
 * own in capitals ("SYMPTOMS") or with the words of one.
 */
export function readPlainText(text: string): Body {
  const writer = createSectionWriter();
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  let paragraph: string[] = [];
  let heading: string | null = null;
  const indents: number[] = [];

  const write = (words: string, depth: number, item: string | null) =>
    writeTextBlocks(
      writer.addBlock,
      { text: foldText(words), links: [], marks: [], images: [] },
      { depth, alert: '', item },
    );
  const flush = () => {
    if (paragraph.length > 0) write(paragraph.join(' '), 0, null);
    paragraph = [];
  };
  const depthOf = (indent: number) => {
    while ((indents.at(-1) ?? -1) > indent) indents.pop();
    if ((indents.at(-1) ?? -1) < indent && indents.length < 20) indents.push(indent);
    return indents.length;
  };

  for (const [index, line] of lines.entries()) {
    const trimmed = line.trim();
    const standsAlone = (lines[index - 1] ?? '').trim() === '' && (lines[index + 1] ?? '').trim() === '';
    const item = bullet.exec(line) ?? step.exec(line);
    if (trimmed === '') {
      flush();
    } else if (item && item.length === 3) {
      flush();
      write(item[2] ?? '', depthOf((item[1] ?? '').length), '');
    } else if (item) {
      flush();
      write(item[3] ?? '', depthOf((item[1] ?? '').length), item[2] ?? '');
    } else if (isHeading(trimmed) && paragraph.length === 0 && (standsAlone || isCapitals(trimmed))) {
      indents.length = 0;
      writer.addHeading(foldText(trimmed), 2);
    } else if (/^\t| {8}/.test(line) && paragraph.length === 0 && indents.length === 0) {
      writeCode(writer.addBlock, trimmed, '', 0);
    } else if (
      heading === null &&
      index < 20 &&
      standsAlone &&
      trimmed.length <= 250 &&
      !trimmed.includes(': ')
    ) {
      heading = foldText(trimmed);
    } else {
      indents.length = 0;
      paragraph.push(trimmed);
    }
  }
  flush();
  return { heading, sections: writer.finish(), warnings: [] };
}

function isCapitals(line: string): boolean {
  return /\p{Lu}{3}/u.test(line) && !/\p{Ll}/u.test(line) && line.length <= maxHeadingChars;
}

function isHeading(line: string): boolean {
  return isHeadingText(line) || (isCapitals(line) && !/\d{3}/.test(line));
}
