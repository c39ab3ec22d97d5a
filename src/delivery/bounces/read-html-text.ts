const maxChars = 200_000;
const hiddenElements = ['style', 'script', 'head', 'title'];
const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  nbsp: ' ',
  quot: '"',
  apos: "'",
  amp: '&',
};

/** The visible text of an HTML report, a line for each block. Linear in the length of the text, whatever it is. */
export function readHtmlText(html: string): string {
  const visible = hiddenElements.reduce(
    (text, name) => cutOut(text, `<${name}`, `</${name}`),
    cutOut(html.slice(0, maxChars), '<!--', '-->'),
  );
  return visible
    .replace(/\n/g, ' ')
    .replace(/<(?:br|\/?(?:p|div|tr|td|li|h\d|table|pre))\b[^<>]{0,2000}>/gi, '\n')
    .replace(/<\/?[a-z!][^<>@]{0,2000}>/gi, ' ')
    .replace(
      /&(?:#(\d{1,7})|([a-z]{2,6}));/gi,
      (whole, code: string | undefined, name: string | undefined) =>
        code === undefined ? (entities[name?.toLowerCase() ?? ''] ?? whole) : readCodePoint(Number(code)),
    );
}

/** Removes what stands between two marks; all that follows where the second one is missing. */
function cutOut(text: string, from: string, to: string): string {
  const lower = text.toLowerCase();
  const kept: string[] = [];
  let at = 0;
  for (let start = lower.indexOf(from); start >= 0; start = lower.indexOf(from, at)) {
    kept.push(text.slice(at, start));
    const end = lower.indexOf(to, start + from.length);
    if (end < 0) return kept.join(' ');
    at = end + to.length;
  }
  kept.push(text.slice(at));
  return kept.join(' ');
}

function readCodePoint(code: number): string {
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}
