const quotes = /[‘’‚‛′´`]/g;
const doubleQuotes = /[“”„‟″«»]/g;
const dashes = /[‐‑‒–—―−]/g;
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const spaces = /\s+/g;
/** Anything that the folding changes. */
const odd = /[^\x20-\x7e]|[`]| {2}|^ | $/;

/** A text without the differences that only a typesetter sees: curly quotes, dashes, hard and doubled spaces. */
export function foldTypography(text: string): string {
  if (!odd.test(text)) return text;
  return text
    .replace(invisible, '')
    .replace(quotes, "'")
    .replace(doubleQuotes, '"')
    .replace(dashes, '-')
    .replaceAll('…', '...')
    .replace(spaces, ' ')
    .trim();
}
