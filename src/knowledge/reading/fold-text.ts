const oddSpace = /[\t\n\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]| {2}|^ | $/;
const spaces = /[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
// Joiners (U+200C, U+200D) are kept: they change what Persian text and emoji look like.
const unseen = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/;
const allUnseen = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;

/** One space between words, none at the ends, and no character that nobody can see. */
export function foldText(text: string): string {
  const seen = unseen.test(text) ? text.replace(allUnseen, '') : text;
  return oddSpace.test(seen) ? seen.replace(spaces, ' ').trim() : seen;
}
