import type { Token } from 'markdown-it';
import type { Section } from '../document.ts';
import { readAlertMark } from './alerts.ts';
import { writeCode, writeRow, writeTextBlocks } from './block-writer.ts';
import { createPageHeadingTest, readTabLabel } from './heading-role.ts';
import { keepHarmlessLink, rebaseLink } from './include-links.ts';
import { type InlineText, readInlineTokens } from './inline-text.ts';
import { createMarkdownParser, environmentOf, type MarkdownSurroundings } from './markdown-parser.ts';
import { readHtmlBlocks } from './read-html.ts';
import { scanInline } from './scan-inline.ts';
import { createSectionWriter } from './section-writer.ts';

/** What the text below the front matter says. */
export type Body = {
  /** The heading that the page shows above everything; null where there is none. */
  readonly heading: string | null;
  readonly sections: readonly Section[];
  readonly warnings: readonly string[];
};

const parser = createMarkdownParser({ linkify: false });
/** Longer runs of text are no prose; parsing them could take more than linear time. */
const maxInlineChars = 100_000;

/** Reads Markdown straight from the parser's tokens, without a detour through HTML. */
export function readMarkdown(
  text: string,
  source: { readonly key: string; readonly includes: Readonly<Record<string, string>> },
): Body {
  const around: MarkdownSurroundings = {
    key: source.key,
    includes: source.includes,
    warnings: [],
    openFiles: [source.key],
    includedChars: 0,
  };
  const env = environmentOf(around);
  const tokens: Token[] = [];
  parser.block.parse(text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD'), parser, env, tokens);

  const writer = createSectionWriter();
  const add = writer.addBlock;
  let heading: string | null = null;
  const isPageHeading = createPageHeadingTest();
  const lists: { next: number | null }[] = [];
  const quotes: string[] = [];
  const files: string[] = [];
  let item: string | null = null;
  let cells: InlineText[] = [];
  let isCell = false;

  const resolve = (href: string) => {
    const base = files.at(-1);
    return keepHarmlessLink(base === undefined ? href : rebaseLink(source.key, base, href));
  };
  const readInline = (content: string): InlineText => {
    const scanned = scanInline(content, resolve);
    if (scanned) return scanned;
    if (content.length > maxInlineChars) return { text: content, links: [], marks: [], images: [] };
    const children: Token[] = [];
    parser.inline.parse(content, parser, env, children);
    return readInlineTokens(children, resolve);
  };
  const takeItem = () => {
    const taken = item;
    item = null;
    return taken;
  };
  const writeText = (inline: InlineText, alert: string) => {
    const place = { depth: lists.length, alert, item: inline.text === '' ? null : takeItem() };
    writeTextBlocks(add, inline, place);
  };

  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token) break;
    switch (token.type) {
      case 'inline': {
        if (isCell) {
          cells.push(readInline(token.content));
          break;
        }
        const mark = readAlertMark(token.content);
        if (mark?.label && quotes.length > 0) quotes[quotes.length - 1] = mark.label;
        const video = mark?.url ? `[Video](<${mark.url}>) ` : '';
        const content = mark ? video + mark.rest : token.content;
        if (content !== '') writeText(readInline(content), mark?.label || (quotes.at(-1) ?? ''));
        break;
      }
      case 'heading_open': {
        const content = tokens[index + 1]?.content ?? '';
        const level = Number(token.tag.slice(1));
        index += 2;
        const tab = readTabLabel(content);
        if (tab !== null || lists.length > 0 || quotes.length > 0) {
          const inline = readInline(tab ?? content);
          if (inline.text !== '')
            writeText({ ...inline, marks: [{ kind: 'strong', text: inline.text }] }, quotes.at(-1) ?? '');
          break;
        }
        const inline = readInline(content);
        if (isPageHeading(inline.text, level)) heading = inline.text === '' ? null : inline.text;
        else if (inline.text !== '') writer.addHeading(inline.text, level);
        writeTextBlocks(add, { ...inline, text: '' }, { depth: 0, alert: '', item: null });
        break;
      }
      case 'bullet_list_open':
        lists.push({ next: null });
        break;
      case 'ordered_list_open':
        lists.push({ next: Number(token.attrGet('start') ?? 1) });
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        item = null;
        break;
      case 'list_item_open': {
        const list = lists.at(-1);
        if (!list || list.next === null) item = '';
        else {
          item = String(list.next);
          list.next += 1;
        }
        break;
      }
      case 'blockquote_open':
        quotes.push(quotes.at(-1) ?? '');
        break;
      case 'blockquote_close':
        quotes.pop();
        break;
      case 'fence':
        writeCode(add, token.content, token.info.trim().split(/\s/, 1)[0] ?? '', lists.length);
        break;
      case 'code_block':
        // Images that were indented too far are meant as images.
        if (/^\s*:::\s*image\b/.test(token.content)) writeText(readInline(token.content.trim()), '');
        else writeCode(add, token.content, '', lists.length);
        break;
      case 'html_block':
        readHtmlBlocks(token.content, { add, depth: lists.length, alert: quotes.at(-1) ?? '', resolve });
        break;
      case 'image':
        writeText(readInlineTokens([token], resolve), '');
        break;
      case 'th_open':
      case 'td_open':
        isCell = true;
        break;
      case 'tr_close':
        isCell = false;
        writeRow(add, cells, lists.length);
        cells = [];
        break;
      case 'include_open':
        files.push(token.info);
        break;
      case 'include_close':
        files.pop();
        break;
      default:
        break;
    }
  }
  return { heading, sections: writer.finish(), warnings: around.warnings };
}
