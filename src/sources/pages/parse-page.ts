import { type CheerioAPI, load } from 'cheerio/slim';
import { Parser } from 'htmlparser2';

/** A page's tree; its selectors and texts are safe to ask, as it's no deeper than the limit. */
export type PageTree = CheerioAPI;

const maxDepth = 256;
const maxElements = 200_000;

/** Parses HTML into a tree; null when it's nested deeper, or has more elements, than any article. */
export function parsePage(html: string): PageTree | null {
  // Measured before the tree is built: walking a tree that is too deep would end in an overflow.
  return isModest(html) ? load(html, { xml: { xmlMode: false, decodeEntities: true } }) : null;
}

function isModest(html: string): boolean {
  let depth = 0;
  let elements = 0;
  let isTooMuch = false;
  const parser = new Parser({
    onopentag() {
      depth += 1;
      elements += 1;
      if (depth <= maxDepth && elements <= maxElements) return;
      isTooMuch = true;
      parser.pause();
    },
    onclosetag() {
      depth -= 1;
    },
  });
  parser.write(html);
  if (!isTooMuch) parser.end();
  return !isTooMuch;
}
