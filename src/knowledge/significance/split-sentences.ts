/** Splits prose where a sentence, a label or a line ends. */
export function splitSentences(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?]["')\]]?)\s+(?=["'([]?\p{Lu})/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
