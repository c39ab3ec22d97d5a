const commandPatterns: readonly RegExp[] = [
  /(?:in (?:reply|response) to|after(?: sending)?|like our|error (?:at|on)|rejected(?: your)?|command:) (?:the )?(?:end of )?(RCPT|MAIL|DATA|HELO|EHLO|connect|initial)/i,
  /(?:SMTP command|sent <<<|\[)[\s:]*(RCPT|MAIL|DATA|HELO|EHLO)[ _]?(?:TO|FROM)?/i,
  /^[ \t]*(RCPT) TO:/im,
];

/** The SMTP command that the refused reply answered, in capitals, as the reports of several servers tell it; else null. */
export function readSmtpCommand(text: string): string | null {
  for (const pattern of commandPatterns) {
    const told = pattern.exec(text)?.[1];
    if (told !== undefined) return told.toUpperCase();
  }
  // Gmail numbers the steps of a session: 14 is RCPT TO, those above come after DATA.
  const state = /\(state (\d+)(?:\.\d+)?\)/.exec(text)?.[1];
  if (state !== undefined) return state === '14' ? 'RCPT' : 'DATA';
  if (/does not like recipient|RCPT TO response/i.test(text)) return 'RCPT';
  return [...text.matchAll(/^\s*>>> (\w+)/gm)].at(-1)?.[1]?.toUpperCase() ?? null;
}
