import MarkdownIt, { type Token } from 'markdown-it';
import { readAlertMark } from './alerts.ts';
import { readFrontMatter } from './front-matter.ts';
import { createPageHeadingTest, readTabLabel } from './heading-role.ts';
import { dropComments, isHtmlTag, readTag } from './html-tags.ts';
import { rebaseLink } from './include-links.ts';
import { readInlineTokens } from './inline-text.ts';
import { createMarkdownParser, environmentOf, type MarkdownSurroundings } from './markdown-parser.ts';
import { escapeText } from './render-blocks.ts';
import { createAnchorNames } from './section-writer.ts';

type Headings = { level: number; text: string; anchor: string }[];

const parser = createMarkdownParser({ linkify: true });
const maxInlineChars = 100_000;

parser.renderer.rules.include_open = () => '';
parser.renderer.rules.include_close = () => '';
parser.renderer.rules.html_inline = (tokens, index) => keepTags(tokens[index]?.content ?? '');
parser.renderer.rules.html_block = (tokens, index) => keepTags(tokens[index]?.content ?? '');
parser.renderer.rules.table_open = () => '<div class="table-scroll"><table>\n';
parser.renderer.rules.table_close = () => '</table></div>\n';
parser.renderer.rules.alert_label = (tokens, index) =>
  `<p class="alert-label">${escapeText(tokens[index]?.content ?? '')}</p>\n`;
parser.renderer.rules.image = (tokens, index) => {
  const token = tokens[index];
  const src = escapeText(String(token?.attrGet('src') ?? ''));
  return `<img src="${src}" alt="${escapeText(token?.content ?? '')}">`;
};

/** The HTML of a Markdown text, not yet sanitised, and the headings of its sections in order. */
export function renderMarkdown(
  text: string,
  source: Pick<MarkdownSurroundings, 'key' | 'includes'>,
): { html: string; headings: Headings } {
  const around: MarkdownSurroundings = { ...source, warnings: [], openFiles: [source.key], includedChars: 0 };
  const env = environmentOf(around);
  const tokens: Token[] = [];
  const body = readFrontMatter(text).body.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  parser.block.parse(body, parser, env, tokens);

  const nameAnchor = createAnchorNames();
  nameAnchor('intro');
  const isPageHeading = createPageHeadingTest();
  const headings: Headings = [];
  const shown: Token[] = [];
  const files: string[] = [];
  const quotes: Token[] = [];
  let lists = 0;
  const parseInline = (token: Token): void => {
    const children: Token[] = [];
    if (token.content.length <= maxInlineChars) parser.inline.parse(token.content, parser, env, children);
    else {
      children.push(Object.assign(new MarkdownIt.Token('text', '', 0), { content: token.content }));
    }
    // Escapes and entities: the parser's own last step would make them text.
    for (const child of children) if (child.type === 'text_special') child.type = 'text';
    token.children = children;
    const base = files.at(-1);
    if (base !== undefined) rebaseTokens(children, source.key, base);
  };

  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token) break;
    switch (token.type) {
      case 'include_open':
        files.push(token.info);
        break;
      case 'include_close':
        files.pop();
        break;
      case 'bullet_list_open':
      case 'ordered_list_open':
        lists += 1;
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists -= 1;
        break;
      case 'blockquote_open':
        quotes.push(token);
        break;
      case 'blockquote_close':
        token.tag = quotes.pop()?.tag ?? token.tag;
        break;
      case 'code_block':
        if (/^\s*:::\s*image\b/.test(token.content)) {
          token.type = 'inline';
          token.content = token.content.trim();
          parseInline(token);
        }
        break;
      case 'heading_open': {
        const [inline, close] = [tokens[index + 1], tokens[index + 2]];
        if (!inline || !close) break;
        const tab = readTabLabel(inline.content);
        if (tab !== null) inline.content = tab;
        parseInline(inline);
        const name = readInlineTokens(inline.children ?? [], (href) => href).text;
        const isInner = lists > 0 || quotes.length > 0;
        if (tab !== null || isInner) {
          token.tag = close.tag = 'p';
          token.attrSet('class', tab === null ? 'inner-heading' : 'tab-label');
        } else {
          const level = Number(token.tag.slice(1));
          if (isPageHeading(name, level) || name === '') {
            shown.push(...(inline.children ?? []).filter((child) => child.type === 'image'));
            index += 2;
            continue;
          }
          const anchor = nameAnchor(name);
          const shownLevel = Math.max(2, Math.min(level, (headings.at(-1)?.level ?? 1) + 1));
          headings.push({ level: shownLevel, text: name, anchor });
          token.tag = close.tag = `h${shownLevel}`;
          token.attrSet('id', anchor);
        }
        shown.push(token, inline, close);
        index += 2;
        continue;
      }
      case 'inline': {
        const mark = readAlertMark(token.content);
        if (mark) {
          token.content = mark.url === null ? mark.rest : `[Video](<${mark.url}>) ${mark.rest}`;
          const quote = quotes.at(-1);
          if (mark.label !== '' && quote && quote.tag === 'blockquote') {
            quote.tag = 'aside';
            quote.attrSet('data-kind', mark.label);
            const paragraph = shown.pop();
            const label = new new parser.core.State('', parser, env).Token('alert_label', '', 0);
            label.content = mark.label.charAt(0).toUpperCase() + mark.label.slice(1);
            shown.push(label);
            if (paragraph) shown.push(paragraph);
          }
        }
        parseInline(token);
        break;
      }
      default:
        break;
    }
    shown.push(token);
  }
  const html = parser.renderer.render(shown, parser.options, env).replace(/<p>\s*<\/p>\n?/g, '');
  return { html, headings };
}

function rebaseTokens(tokens: readonly Token[], key: string, base: string): void {
  for (const token of tokens) {
    for (const attribute of token.attrs ?? []) {
      if (attribute[0] === 'href' || attribute[0] === 'src') {
        attribute[1] = rebaseLink(key, base, String(attribute[1]));
      }
    }
  }
}

/** Tags that are HTML stay for the sanitiser to judge; a placeholder such as `<ServerName>` is text. */
function keepTags(html: string): string {
  return dropComments(html).replace(/<\/?[A-Za-z][^<>]{0,5000}>/g, (source) => {
    const tag = readTag(source);
    return tag && isHtmlTag(tag.name) ? source : escapeText(source);
  });
}
