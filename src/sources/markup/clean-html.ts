import { Parser } from 'htmlparser2';
import { cleanStyle } from './clean-style.ts';
import { decodeReferences } from './decode-references.ts';
import {
  droppedWithContent,
  safeAttributes,
  safeElements,
  svgNames,
  urlAttributes,
  voidElements,
} from './safe-markup-data.ts';

export type CleaningOptions = {
  /** Makes relative addresses absolute; null leaves them. */
  readonly resolveUrl: ((url: string) => string) | null;
  /** In XML every element is closed as it's written, and names keep their case. */
  readonly isXml?: boolean;
};

/**
 * Markup without anything that runs, loads a frame or covers the page: elements and attributes of a list only,
 * addresses of harmless schemes only, no comments. `<` stands in the result only where an allowed tag begins, so
 * no reader that nests it otherwise finds anything else in it. References stay as they were written.
 */
export function cleanHtml(html: string, options: CleaningOptions): string {
  return cleanNested(options.isXml === true ? html : closeBrokenMarkup(html), options, 0);
}

function cleanNested(html: string, options: CleaningOptions, nesting: number): string {
  const isXml = options.isXml === true;
  const output: string[] = [];
  let droppedDepth = 0;
  let dropped = '';
  let foreignDepth = 0;
  let isFallback = false;
  let depth = 0;

  const isKept = (name: string) => safeElements.has(name) || (foreignDepth > 0 && svgNames.has(name));

  const parser = new Parser(
    {
      onopentag(name, attributes, isImplied) {
        depth += 1;
        if (depth > maxDepth) parser.pause();
        const plain = name.toLowerCase();
        if (droppedDepth > 0) {
          if (plain === dropped) droppedDepth += 1;
          return;
        }
        if (droppedWithContent.has(plain)) {
          dropped = plain;
          droppedDepth = 1;
          return;
        }
        if (isImplied && plain !== 'br') return;
        isFallback = !isXml && withFallbackMarkup.has(plain);
        if (plain === 'svg' || plain === 'math') foreignDepth += 1;
        if (!isKept(plain)) return;
        const written = cleanAttributes(attributes, plain, foreignDepth > 0, options.resolveUrl);
        output.push(`<${foreignDepth > 0 ? name : plain}${written}${voidElements.has(plain) ? ' /' : ''}>`);
      },
      onclosetag(name, isImplied) {
        depth -= 1;
        const plain = name.toLowerCase();
        if (droppedDepth > 0) {
          if (plain === dropped) droppedDepth -= 1;
          return;
        }
        isFallback = false;
        if (!(isImplied && !isXml) && isKept(plain) && !voidElements.has(plain)) {
          output.push(`</${foreignDepth > 0 ? name : plain}>`);
        }
        if (plain === 'svg' || plain === 'math') foreignDepth = Math.max(0, foreignDepth - 1);
      },
      ontext(text) {
        if (droppedDepth > 0) return;
        const isMarkup = isFallback && nesting < maxNesting;
        output.push(isMarkup ? cleanNested(text, options, nesting + 1) : cleanText(text));
      },
    },
    { decodeEntities: false, xmlMode: isXml, lowerCaseAttributeNames: false },
  );
  parser.write(html);
  if (depth <= maxDepth) parser.end();
  const cleaned = output.join('').replaceAll('\r\n', '\n');
  return nesting === 0 ? cleaned.trim() : cleaned;
}

/** The parser takes what is in these for text; authors put markup there for browsers without them. */
const withFallbackMarkup = new Set(['iframe', 'noembed', 'noframes']);
const maxNesting = 3;
/** Deeper nesting is no writing, and costs the parser the square of it: what follows is left out. */
const maxDepth = 500;

/** A comment or declaration that never ends would swallow the rest: it ends at the next `>`, or is text. */
function closeBrokenMarkup(written: string): string {
  const html = written.replace(/<!(?!--|doctype|\[)/gi, '&lt;!');
  const comment = html.lastIndexOf('<!--');
  const closed =
    comment >= 0 && !html.includes('-->', comment)
      ? `${html.slice(0, comment)}<!${html.slice(comment + 4)}`
      : html;
  const declaration = closed.lastIndexOf('<!');
  if (declaration < 0 || closed.includes('>', declaration)) return closed;
  return `${closed.slice(0, declaration)}&lt;${closed.slice(declaration + 1)}`;
}

/** Text as it may stand between tags: `<` escaped, bare `&` escaped, references in their usual spelling. */
function cleanText(text: string): string {
  return text
    .replace(/&(?!#\d+;|#[xX][0-9a-fA-F]+;|[A-Za-z][A-Za-z0-9]*;)/g, '&amp;')
    .replace(/&#X([0-9a-fA-F]+);/g, '&#x$1;')
    .replace(/&#(1(?:2[89]|[345]\d));|&#x([89][0-9a-f]);/gi, (whole) => {
      const meant = decodeReferences(whole);
      return `&#x${(meant.codePointAt(0) ?? 0).toString(16)};`;
    })
    .replaceAll('<', '&lt;');
}

function cleanAttributes(
  attributes: Readonly<Record<string, string>>,
  element: string,
  isForeign: boolean,
  resolveUrl: CleaningOptions['resolveUrl'],
): string {
  const kept = new Map<string, string>();
  for (const [written, raw] of Object.entries(attributes)) {
    const name = isForeign ? written : written.toLowerCase();
    const plain = written.toLowerCase();
    if (!safeAttributes.has(plain) && !(isForeign && svgNames.has(plain))) continue;
    const value = cleanValue(plain, raw, resolveUrl);
    if (value === null) continue;
    kept.set(name, value);
    if (isForeign && plain.startsWith('xlink:')) kept.set('xmlns:xlink', 'http://www.w3.org/1999/xlink');
  }
  if (element === 'svg') kept.set('xmlns', 'http://www.w3.org/2000/svg');
  if (element === 'math') kept.set('xmlns', 'http://www.w3.org/1998/Math/MathML');
  return [...kept.keys()]
    .sort()
    .map((name) => ` ${name}="${kept.get(name) ?? ''}"`)
    .join('');
}

function cleanValue(name: string, raw: string, resolveUrl: CleaningOptions['resolveUrl']): string | null {
  if (name === 'style') {
    const style = cleanStyle(decodeReferences(raw));
    return style === '' ? null : escapeQuotes(style);
  }
  if (!urlAttributes.has(name)) return escapeQuotes(cleanText(raw));
  const url = decodeReferences(raw).trim();
  if (!hasHarmlessScheme(url)) return null;
  const resolved = resolveUrl === null ? url : resolveUrl(url);
  return hasHarmlessScheme(resolved) ? escapeQuotes(resolved.replaceAll('&', '&amp;')) : null;
}

function escapeQuotes(value: string): string {
  return value.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const harmlessSchemes = new Set(
  'http https ftp ftps sftp mailto tel sms news nntp irc ircs xmpp gopher webcal cid mid urn tag doi git svn magnet geo'.split(
    ' ',
  ),
);

/** Browsers ignore controls and white space within a scheme, so they're taken out before it's read. */
export function hasHarmlessScheme(url: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url.replace(/[\s\p{C}]/gu, ''))?.[1];
  return scheme === undefined || harmlessSchemes.has(scheme.toLowerCase());
}
