import { addressKey, findAddress, findAddresses } from './read-addresses.ts';

/** A recipient that a report in plain text names, with the lines that speak of it. */
export type NamedRecipient = { readonly address: string; readonly text: string };

const maxLines = 2000;
const maxRecipients = 100;
const maxTextLength = 10_000;

/** Lines that name somebody else: the sender, the postmaster, the server's own addresses. */
const aboutOthers =
  /\b(?:MAIL FROM|return-path|reply-to|sender|originator|envelope-from|questions?|contact|postmaster|abuse|help|support|assistance|please (?:send|forward|e-?mail)|message-id|in-reply-to|from|received|unsubscribe|feedback|administrator|http)\b/i;
const fromCommand = /(?:MAIL FROM|from):?\s*<[^<>]*>(?:\s+SIZE=\d+)?/gi;

/** A line that introduces a failed recipient: the address alone, in brackets, or after a label. */
const recipientLine =
  /^>?[\s*•-]*(?:\d+[.)]\s*)?(?:(?:to|recipients?|user|mailbox|address|final-recipient|failed (?:recipient|address)|original-recipient|rcpt to|e-?mail(?: address)?|addressee|undeliverable to|unable to deliver (?:the )?(?:message )?to|destinat\w*|空|宛先)\s*[:;=]\s*)?(?:rfc822;\s*|smtp[:;]\s*)?["'<([]*[^\s<>@,;:]{1,200}@[^\s<>@,;:'")\]]+[>"')\]]*(?:\s*\((?:[^()\n]{0,200})\))?\s*(?:[:;.,].*|\.\.\. .*|-.*|[A-Za-z0-9([#].*)?$/i;
const transcriptLine = /^[45]\d\d (?:[45]\.\d\.\d )?<?([^\s<>]+@[^\s<>]+?)>?\.\.\. /;
const commandLine = /\bRCPT TO:\s*<?([^\s<>]+@[^\s<>]+)>?/i;

/**
 * Recipients of a report in plain text, each with what is said of it. `own` are addresses of ours, which a report
 * also names. The most explicit lines win; only where there are none, any address in the text counts.
 */
export function findNamedRecipients(report: string, own: ReadonlySet<string>): NamedRecipient[] {
  const lines = report.split('\n', maxLines);
  for (const find of [findAddressLines, findTranscriptLines, findCommandLines, findMentions]) {
    const found = find(lines).filter(({ address }) => !own.has(addressKey(address)));
    const persons = found.filter(({ address }) => !isRole(address));
    if (persons.length > 0) return describe(lines, persons);
    if (found.length > 0 && find !== findMentions) return describe(lines, found);
  }
  return [];
}

type Found = { readonly address: string; readonly line: number; readonly isEnd?: boolean };

function findAddressLines(lines: readonly string[]): Found[] {
  return lines.flatMap((line, index) => {
    if (!line.includes('@') || line.length > 1000 || !recipientLine.test(line.trim())) return [];
    if (/^\s*(?:from|sender|reply-to|return-path|cc|message-id)\s*:/i.test(line)) return [];
    const address = findAddress(/<[^<>]+@[^<>]+>/.exec(line)?.[0] ?? '') ?? findAddress(line);
    return address === null ? [] : [{ address, line: index }];
  });
}

/** Old sendmail writes `554 <ana@example.com>... Remote protocol error` at the end of what was said of a recipient. */
function findTranscriptLines(lines: readonly string[]): Found[] {
  return lines.flatMap((line, index) => {
    const [address] = findAddresses(transcriptLine.exec(line.slice(0, 1000))?.[1] ?? '');
    return address === undefined ? [] : [{ address, line: index, isEnd: true }];
  });
}

function findCommandLines(lines: readonly string[]): Found[] {
  return lines.flatMap((line, index) => {
    const [address] = findAddresses(commandLine.exec(line.slice(0, 1000))?.[1] ?? '');
    return address === undefined ? [] : [{ address, line: index }];
  });
}

function findMentions(lines: readonly string[]): Found[] {
  return lines.flatMap((line, index) => {
    if (!line.includes('@')) return [];
    const rest = line.slice(0, 1000).replace(fromCommand, ' ');
    if (aboutOthers.test(rest) && !/<[^<>]+@[^<>]+>|user|recipient|mailbox/i.test(rest)) return [];
    return findAddresses(rest).map((address) => ({ address, line: index }));
  });
}

function isRole(address: string): boolean {
  return (
    /^(?:postmaster|mailer-daemon|abuse|noreply|no-reply)@/i.test(address) ||
    /[\\/]|\.(?:png|gif|jpg|css)$/i.test(address)
  );
}

/** What is said of a recipient reaches from its line to the line of the next one. */
function describe(lines: readonly string[], found: readonly Found[]): NamedRecipient[] {
  const texts = new Map<string, { address: string; text: string }>();
  for (const [index, { address, line, isEnd }] of found.entries()) {
    const end = found.slice(index + 1).find((next) => next.line > line)?.line ?? lines.length;
    const previous = found[index - 1]?.line ?? -1;
    const text = isEnd
      ? lines.slice(Math.max(previous + 1, line - 20), line + 1).join('\n')
      : lines.slice(line, Math.min(end, line + 60)).join('\n');
    const known = texts.get(addressKey(address));
    if (known) known.text = `${known.text}\n${text}`.slice(0, maxTextLength);
    else if (texts.size < maxRecipients)
      texts.set(addressKey(address), { address, text: text.slice(0, maxTextLength) });
  }
  return [...texts.values()];
}
