import { Parser } from 'htmlparser2';

const unseen = new Set(['script', 'style', 'template', 'noscript', 'svg', 'math']);
const inline = new Set(
  'a abbr b bdi bdo big cite code em font i kbd mark q s samp small span strong sub sup tt u var wbr'.split(
    ' ',
  ),
);

const maxDepth = 500;

/** What a reader sees of a piece of HTML, in one line. */
export function markupToText(html: string): string {
  if (!/[<&]/.test(html)) return html.replace(/\s+/g, ' ').trim();
  let text = '';
  let hiddenDepth = 0;
  let depth = 0;
  const parser = new Parser({
    onopentag(name) {
      depth += 1;
      if (depth > maxDepth) parser.pause();
      if (hiddenDepth > 0 || unseen.has(name)) hiddenDepth += 1;
      else if (!inline.has(name)) text += ' ';
    },
    ontext(piece) {
      if (hiddenDepth === 0) text += piece;
    },
    onclosetag(name) {
      depth -= 1;
      if (hiddenDepth > 0) hiddenDepth -= 1;
      else if (!inline.has(name)) text += ' ';
    },
  });
  parser.write(html);
  if (depth <= maxDepth) parser.end();
  return text.replace(/\s+/g, ' ').trim();
}
