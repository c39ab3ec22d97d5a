/**
 * A word is what a reader takes in at once: letters and digits with what joins them inside a name, so that a path,
 * a command, a parameter with its dash, a version or an address is one word. Every other sign stands alone.
 */
const words =
  /\s+|(?:[-$%@#~\\/.]{1,3}(?=[\p{L}\p{N}_]))?[\p{L}\p{N}_]+(?:(?:['’](?=\p{L})|[,](?=\p{N})|[^\s\p{L}\p{N}_"“”‘’'`()[\]{}<>,;|…]{1,8}(?=[\p{L}\p{N}_]))[\p{L}\p{N}_]+)*[%$]?|[^\s]/gu;

/** Splits a text into words, single signs and stretches of white space; joined they are the text. */
export function splitWords(text: string): string[] {
  return text.match(words) ?? [];
}

export function isSpace(word: string): boolean {
  return word.trim() === '';
}
