/**
 * A text from outside as one line of a message: no line breaks, no control characters, no marks that turn the
 * direction of what follows.
 */
export function toLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/g, '')
    .trim();
}

/** A text from outside as several lines, each as `toLine` has it; empty ones are dropped. */
export function toLines(text: string): string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(toLine)
    .filter((line) => line !== '');
}

/** The text cut at a word, with an ellipsis, where it is longer than `maxLength` characters. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength).replace(/\s+\S*$/, '');
  return `${cut === '' ? text.slice(0, maxLength) : cut} …`;
}

/** Lines of at most 72 characters, the first after `first`, the others after `rest`; long words stay whole. */
export function wrap(text: string, first = '', rest = first): string {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (word === '') continue;
    if (!isEmpty && line.length + 1 + word.length > 72) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  lines.push(line);
  return lines.join('\n');
}
