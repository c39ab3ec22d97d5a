/**
 * Reads a table of phrases, one pattern a line. ` | ` parts alternatives; ` … ` stands for up to 80 characters of the
 * same line. The rest is the notation of regular expressions, in any case.
 */
export function readPhrases(table: string): readonly RegExp[] {
  return table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => new RegExp(line.split(' … ').map(readAlternatives).join('[^\\n]{0,80}?'), 'im'));
}

/** Whether any of the patterns is in the text. */
export function hasPhrase(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

function readAlternatives(side: string): string {
  return `(?:${side.split(' | ').join('|')})`;
}
