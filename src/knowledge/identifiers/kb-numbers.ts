const oneNumber = /^\s*(?:KB|Q)?[\s#:\u00a0-]*(\d{5,7})\s*$/i;
const mention =
  /\b(?:KB\s?(?:article\s+)?#?|Q)(\d{6,7})\b|\/(?:kb|help)\/(?:[a-z]{2}-[a-z]{2}\/)?(\d{5,7})\b/gi;
const longMention = /\bKB\s?#?(\d{5})\b/g;

/**
 * The canonical spelling of a knowledge base number, `KB910336`, for any way it is written alone ("KB 910336",
 * "910336", the older "Q910336"); null where it is none. Numbers have five to seven digits.
 */
export function canonicalKbNumber(text: string): string | null {
  const digits = oneNumber.exec(text)?.[1];
  return digits === undefined ? null : `KB${Number(digits)}`;
}

/** Knowledge base numbers that a text mentions by prefix or by link, canonical, each once, in order. */
export function findKbNumbers(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(mention)) found.add(`KB${Number(match[1] ?? match[2])}`);
  for (const match of text.matchAll(longMention)) found.add(`KB${Number(match[1])}`);
  return [...found];
}
