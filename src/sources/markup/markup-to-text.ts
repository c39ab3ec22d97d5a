import { Parser } from 'htmlparser2';

const unseen = new Set(['script', 'style', 'template', 'noscript', 'svg', 'math']);
const inline = new Set(
  'a abbr b bdi bdo big cite code em font i kbd mark q s samp small span strong sub sup tt u var wbr'.split(
    ' ',
  ),
);

/** What a reader sees of a piece of HTML, in one line. */
export function markupToText(html: string): string {
  if (!/[<&]/.test(html)) return html.replace(/\s+/g, ' ').trim();
  let text = '';
  let hiddenDepth = 0;
  const parser = new Parser({
    onopentag(name) {
      if (hiddenDepth > 0 || unseen.has(name)) hiddenDepth += 1;
      else if (!inline.has(name)) text += ' ';
    },
    ontext(piece) {
      if (hiddenDepth === 0) text += piece;
    },
    onclosetag(name) {
      if (hiddenDepth > 0) hiddenDepth -= 1;
      else if (!inline.has(name)) text += ' ';
    },
  });
  parser.end(html);
  return text.replace(/\s+/g, ' ').trim();
}
