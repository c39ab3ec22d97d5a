/** Labels of alerts that pages set off, in the order of their weight. */
export const alertLabels = ['note', 'tip', 'important', 'caution', 'warning', 'error'] as const;

export type AlertMark = {
  /** In small letters; '' for marks that only arrange (`[!div …]`) or embed. */
  readonly label: string;
  /** What `[!VIDEO …]` embeds, else null. */
  readonly url: string | null;
  /** The text after the mark. */
  readonly rest: string;
};

const mark =
  /^\s*\[!(?:([A-Za-z]{2,20})|video\s+(\S{1,1000})|(?:div|code)\b[^\]\n]{0,500})\](?:\([^)\n]{0,500}\))?[ \t]*\n?/i;

/** The mark of an alert (`[!NOTE]`) at the start of a text; null where there is none. */
export function readAlertMark(text: string): AlertMark | null {
  if (!text.trimStart().startsWith('[!')) return null;
  const match = mark.exec(text);
  if (!match) return null;
  return { label: (match[1] ?? '').toLowerCase(), url: match[2] ?? null, rest: text.slice(match[0].length) };
}
