import { cleanHtml } from '../markup/clean-html.ts';
import { repairControls } from '../markup/decode-references.ts';
import { resolveUrl } from '../markup/resolve-url.ts';
import { safeElements } from '../markup/safe-markup-data.ts';
import type { XmlElement, XmlNode } from '../markup/xml-tree.ts';
import type { FeedText } from './feed.ts';
import { enter, readAttribute, type Surroundings } from './surroundings.ts';
import { vocabularyOf } from './vocabulary.ts';

const htmlTypes = new Set(['text/html', 'application/xhtml+xml']);
const typeNames: Readonly<Record<string, string>> = {
  text: 'text/plain',
  html: 'text/html',
  xhtml: 'application/xhtml+xml',
};

/**
 * Reads a text construct (RFC 4287 section 3.1 and what came before it): plain, escaped markup, markup in place or
 * base64; `defaultType` is for elements that don't say. What it is, is judged by what is there where the
 * declaration can't be true.
 */
export function readFeedText(element: XmlElement, outer: Surroundings, defaultType: string): FeedText {
  const surroundings = enter(element, outer);
  const { base, language } = surroundings;
  const written = readAttribute(element, 'type')?.trim().toLowerCase() || defaultType;
  const declared = typeNames[written] ?? written;
  const src = readAttribute(element, 'src');
  const resolve = (url: string) => resolveUrl(url, base);
  const finish = (value: string, type: string): FeedText => ({
    value: repairControls(value),
    type,
    language,
    base,
    src: src === null ? null : resolve(src) || null,
  });

  const hasElements = element.children.some((child) => typeof child !== 'string');
  if (hasElements || declared.endsWith('xml')) {
    const inner = surroundings.dialect === 'atom10' ? unwrapDiv(element) : element;
    const type = declared.endsWith('xml') ? declared : 'application/xhtml+xml';
    if (!htmlTypes.has(type) && !hasElements) return finish(plainText(element), type);
    const value = cleanHtml(serialise(inner.children), { resolveUrl: resolve, isXml: true });
    return finish(value, type);
  }

  const encoded = plainText(element);
  const isBase64 = readAttribute(element, 'mode') === 'base64' || !declared.startsWith('text/');
  const decoded = isBase64 ? decodeBase64(encoded) : null;
  const text = decoded ?? encoded;
  const isAtom = surroundings.dialect.startsWith('atom');
  const type =
    decoded !== null || (!isAtom && declared === 'text/plain' && looksLikeHtml(text))
      ? 'text/html'
      : declared;
  if (!htmlTypes.has(type)) return finish(text, type);
  const isBare = !isAtom && text.includes('<') && !/>|&#?\w+;/.test(text);
  return finish(isBare ? text : cleanHtml(text, { resolveUrl: resolve }), type);
}

/** All text in an element, without markup. */
export function plainText(node: XmlNode): string {
  const pieces: string[] = [];
  const collect = (inner: XmlNode) => {
    if (typeof inner === 'string') pieces.push(inner);
    else inner.children.forEach(collect);
  };
  collect(node);
  return pieces.join('').trim();
}

/**
 * RSS doesn't say whether text is markup. It is when something is closed or escaped in it, and all names in it are
 * names of HTML.
 */
function looksLikeHtml(text: string): boolean {
  if (!/<\/\w+>|&#?\w+;/.test(text)) return false;
  for (const [, name = ''] of text.matchAll(/<\/?(\w+)/g))
    if (!safeElements.has(name.toLowerCase())) return false;
  return true;
}

function decodeBase64(text: string): string | null {
  const packed = text.replace(/\s+/g, '');
  if (packed === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return null;
  return new TextDecoder().decode(Buffer.from(packed, 'base64'));
}

/** Atom wraps XHTML in a div that is no part of the content (RFC 4287 section 3.1.1.3). */
function unwrapDiv(element: XmlElement): XmlElement {
  const [only, ...others] = element.children.filter(
    (child) => typeof child !== 'string' || child.trim() !== '',
  );
  const isWrapped = typeof only === 'object' && only.local === 'div' && others.length === 0;
  return isWrapped ? only : element;
}

function serialise(nodes: readonly XmlNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? escapeText(node) : serialiseElement(node))).join('');
}

function serialiseElement(element: XmlElement): string {
  const name = /^(xhtml|svg|math|core)$/.test(vocabularyOf(element) ?? '')
    ? element.name.slice(element.name.indexOf(':') + 1)
    : element.name;
  const attributes = [...element.attributes].map(
    ([key, value]) => ` ${key}="${escapeText(value).replaceAll('"', '&quot;')}"`,
  );
  return `<${name}${attributes.join('')}>${serialise(element.children)}</${name}>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
