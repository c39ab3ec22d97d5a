/** Labels of alerts that pages set off, in the order of their weight. */
export const alertLabels = ['note', 'tip', 'important', 'caution', 'warning', 'error'] as const;

const mark =
  /^\s*\[!(?:([A-Za-z]{2,20})\]|(?:div|code|video)\b[^\]\n]{0,500}\](?:\([^)\n]{0,500}\))?)[ \t]*\n?/i;

/**
 * The mark of an alert (`[!NOTE]`) at the start of a text, and the text after it. `label` is '' for marks that only
 * arrange (`[!div …]`) or embed (`[!VIDEO …]`), null when there is no mark.
 */
export function readAlertMark(text: string): { label: string; rest: string } | null {
  if (!text.trimStart().startsWith('[!')) return null;
  const match = mark.exec(text);
  if (!match) return null;
  return { label: (match[1] ?? '').toLowerCase(), rest: text.slice(match[0].length) };
}
