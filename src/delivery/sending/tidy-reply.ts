const maxChars = 1000;

/** What a server answered, as it is kept: servers are strangers, and may answer at any length and with any bytes. */
export function tidyReply(reply: string): string {
  return reply
    .slice(0, maxChars)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
