import { Parser } from 'htmlparser2';

const maxDepth = 400;

/** Whether elements are nested deeper than any writing; parsers take more than linear time for such. */
export function isNestedTooDeeply(html: string): boolean {
  let depth = 0;
  let isTooDeep = false;
  const parser = new Parser({
    onopentag() {
      depth += 1;
      if (depth <= maxDepth) return;
      isTooDeep = true;
      parser.pause();
    },
    onclosetag() {
      depth -= 1;
    },
  });
  parser.write(html);
  return isTooDeep;
}
