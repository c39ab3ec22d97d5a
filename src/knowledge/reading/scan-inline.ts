import {
  createInlineCollector,
  type InlineCollector,
  type InlineText,
  readInlineHtml,
} from './inline-text.ts';
import { readTripleColonImage } from './triple-colon.ts';

const stops = /[\\`*_[\]!<&~:\n]/g;
const punctuation = /[\p{P}\p{S}]/u;
const destination = /\(([^\s()<>\\&]*)(?:\s+"([^"\\&]*)")?\)/y;
const picture = /!\[([^[\]\\]*)\]\(([^\s()<>\\&]*)(?:\s+"([^"\\&]*)")?\)/y;
const bareTag = /<\/?[A-Za-z][A-Za-z0-9-]*\s*\/?>/y;
const entity = /&(nbsp|amp|lt|gt|quot);/y;
const otherEntity = /&(?:#|[A-Za-z][A-Za-z0-9]{0,31};)/y;
const escapable = /[!-/:-@[-`{-~]/;
const entityTexts: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
};

/** Deeper nesting is left to the parser. */
const maxOpen = 50;

type Scan = {
  readonly source: string;
  readonly collector: InlineCollector;
  readonly resolve: (href: string) => string;
  /** Runs of `*` and `_` that wait for their end, and open brackets (`[`), innermost last. */
  readonly open: string[];
};

/**
 * Reads a run of inline Markdown in one pass where only one reading is possible: text, escapes, code, emphasis that
 * opens or closes but not both, links with a plain target, images, bare tags. Null for everything else, which is then
 * parsed in full; where it answers, the parser would say the same. It takes a fifth of the parser's time.
 */
export function scanInline(source: string, resolve: (href: string) => string): InlineText | null {
  const scan: Scan = { source, collector: createInlineCollector(), resolve, open: [] };
  let position = 0;
  while (position < source.length) {
    stops.lastIndex = position;
    const stop = stops.exec(source);
    const at = stop ? stop.index : source.length;
    if (at > position) scan.collector.addText(source.slice(position, at));
    if (!stop) break;
    const next = readStop(scan, stop[0], at);
    if (next === null) return null;
    position = next;
  }
  return scan.open.length === 0 ? scan.collector.take() : null;
}

/** Reads what begins at `at`; the position after it, or null where the full parser has to decide. */
function readStop(scan: Scan, stop: string, at: number): number | null {
  switch (stop) {
    case '\n':
      scan.collector.addText(' ');
      return at + 1;
    case '\\':
      return readEscape(scan, at);
    case '`':
      return readCode(scan, at);
    case '*':
    case '_':
      return readEmphasis(scan, stop, at);
    case '[':
      if (scan.source[at + 1] === '!' || scan.open.includes('[')) return null;
      scan.open.push('[');
      scan.collector.open('link');
      return at + 1;
    case ']':
      return readLinkEnd(scan, at);
    case '!':
      return readPicture(scan, at);
    case '<':
      return readBareTag(scan, at);
    case '&':
      return readEntity(scan, at);
    case ':':
      return readColons(scan, at);
    default:
      return scan.source[at + 1] === '~' ? null : addLiteral(scan, stop, at);
  }
}

function addLiteral(scan: Scan, text: string, at: number): number {
  scan.collector.addText(text);
  return at + text.length;
}

function readEscape(scan: Scan, at: number): number {
  const next = scan.source[at + 1] ?? '';
  if (next === '\n') return addLiteral(scan, ' ', at) + 1;
  return escapable.test(next) ? addLiteral(scan, next, at) + 1 : addLiteral(scan, '\\', at);
}

function readCode(scan: Scan, at: number): number | null {
  const length = runLength(scan.source, at);
  let from = at + length;
  for (;;) {
    const end = scan.source.indexOf('`', from);
    if (end === -1) return null;
    const closing = runLength(scan.source, end);
    if (closing === length) {
      scan.collector.open('code');
      // CommonMark 0.31, 6.1: line ends are spaces, and one space at each side is left out.
      const content = scan.source.slice(at + length, end).replaceAll('\n', ' ');
      scan.collector.addText(content.replace(/^ (.+) $/, '$1'));
      scan.collector.close('code');
      return end + closing;
    }
    from = end + closing;
  }
}

function runLength(source: string, at: number): number {
  let end = at + 1;
  while (source[end] === source[at]) end += 1;
  return end - at;
}

/** CommonMark 0.31, 6.2: which runs of delimiters can open and close emphasis. */
function readEmphasis(scan: Scan, mark: string, at: number): number | null {
  const length = runLength(scan.source, at);
  const before = at === 0 ? ' ' : (scan.source[at - 1] ?? ' ');
  const after = scan.source[at + length] ?? ' ';
  const isSpaceBefore = /\s/.test(before);
  const isSpaceAfter = /\s/.test(after);
  const run = mark.repeat(Math.min(length, 3));
  if (isSpaceBefore && isSpaceAfter) return addLiteral(scan, mark.repeat(length), at);
  if (length > 2 || isHalfPair(before) || isHalfPair(after)) return null;
  const isMarkBefore = punctuation.test(before);
  const isMarkAfter = punctuation.test(after);
  const isLeft = !isSpaceAfter && (!isMarkAfter || isSpaceBefore || isMarkBefore);
  const isRight = !isSpaceBefore && (!isMarkBefore || isSpaceAfter || isMarkAfter);
  if (isLeft && isRight) {
    const isInsideWord = mark === '_' && !isMarkBefore && !isMarkAfter;
    return isInsideWord ? addLiteral(scan, run, at) : null;
  }
  if (isLeft) {
    if (scan.open.length > maxOpen) return null;
    scan.open.push(run);
    if (length === 2) scan.collector.open('strong');
  } else {
    if (!isRight || scan.open.pop() !== run) return null;
    if (length === 2) scan.collector.close('strong');
  }
  return at + length;
}

/** Half of a character outside the basic plane: its class can't be told alone. */
function isHalfPair(character: string): boolean {
  return character >= '\ud800' && character <= '\udfff';
}

function readLinkEnd(scan: Scan, at: number): number | null {
  if (!scan.open.includes('[')) return addLiteral(scan, ']', at);
  destination.lastIndex = at + 1;
  const target = destination.exec(scan.source);
  if (!target || scan.open.pop() !== '[') return null;
  scan.collector.close('link', scan.resolve(target[1] ?? ''));
  return destination.lastIndex;
}

function readPicture(scan: Scan, at: number): number | null {
  if (scan.source[at + 1] !== '[') return addLiteral(scan, '!', at);
  picture.lastIndex = at;
  const image = picture.exec(scan.source);
  if (!image) return null;
  scan.collector.addImage({ alt: image[1] ?? '', src: scan.resolve(image[2] ?? '') });
  return picture.lastIndex;
}

function readBareTag(scan: Scan, at: number): number | null {
  bareTag.lastIndex = at;
  const tag = bareTag.exec(scan.source);
  if (tag) {
    readInlineHtml(tag[0], scan.collector, scan.resolve);
    return bareTag.lastIndex;
  }
  return /[A-Za-z/!?]/.test(scan.source[at + 1] ?? ' ') ? null : addLiteral(scan, '<', at);
}

function readEntity(scan: Scan, at: number): number | null {
  entity.lastIndex = at;
  const known = entity.exec(scan.source);
  if (known) {
    scan.collector.addText(entityTexts[known[1] ?? ''] ?? '');
    return entity.lastIndex;
  }
  otherEntity.lastIndex = at;
  return otherEntity.test(scan.source) ? null : addLiteral(scan, '&', at);
}

function readColons(scan: Scan, at: number): number | null {
  if (!scan.source.startsWith(':::', at)) return addLiteral(scan, ':', at);
  const image = readTripleColonImage(scan.source.slice(at, at + 4100));
  if (!image) return null;
  scan.collector.addImage({ alt: image.alt, src: scan.resolve(image.src) });
  return at + image.length;
}
