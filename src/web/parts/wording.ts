/** "1 article", "2,500 articles". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

export function formatNumber(count: number): string {
  return count.toLocaleString('en');
}

/** "Outlook, Word and Excel". */
export function listOf(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The text cut at a word, with an ellipsis, where it is longer than `maxLength` characters. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength).replace(/\s+\S*$/, '');
  return `${cut === '' ? text.slice(0, maxLength) : cut} …`;
}
