/** "1 article", "2,500 articles". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;
}

/** "Outlook, Word and Excel"; of more than `most` "Outlook, Word and 3 more". */
export function listOf(names: readonly string[], most = names.length): string {
  if (names.length > most) {
    return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
  }
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The sentence with a full stop, unless it ends with a mark of its own. */
export function asSentence(text: string): string {
  return /[.!?…:]["”’)]?$/.test(text) ? text : `${text}.`;
}
