import { headerOf, type MailHeaders, readMailHeaders } from './mail-headers.ts';
import type { Mail } from './mail-parts.ts';
import { findAddress, findAddresses } from './read-addresses.ts';
import { readHtmlText } from './read-html-text.ts';

/** What came back with a report. */
export type ReturnedMessage = {
  readonly headers: MailHeaders;
  /** The texts of the report itself, without the returned message. */
  readonly report: string;
};

const fieldName =
  /^(?:return-path|received|message-id|from|to|cc|subject|date|mime-version|content-type|reply-to|sender|x-[\w-]+|dkim-signature|list-[\w-]+|delivered-to|references|in-reply-to)[ \t]*:/i;

/** Finds the returned message: a part of its own, or the headers that follow a report in plain text. */
export function separateReturnedMessage(mail: Mail): ReturnedMessage {
  const report: string[] = [];
  let headers: MailHeaders | null = null;
  for (const part of mail.parts) {
    if (
      /^(?:message\/rfc822|text\/rfc822-headers|message\/rfc822-headers|message\/partial|message\/global)/.test(
        part.type,
      )
    ) {
      headers ??= readMailHeaders(part.text.trimStart()).headers;
    } else if (part.type.startsWith('text/') || part.type.startsWith('message/')) {
      report.push(part.type === 'text/html' ? readHtmlText(part.text) : part.text);
    }
  }
  if (headers !== null) return { headers, report: report.join('\n') };
  const split = splitAtHeaderBlock(report.join('\n'));
  return { headers: readMailHeaders(split.message).headers, report: split.report };
}

/** Message-ID of the returned message without brackets; `fallback` are the headers of the report. */
export function readOriginalMessageId(returned: MailHeaders, fallback: MailHeaders): string | null {
  for (const value of [
    headerOf(returned, 'message-id'),
    headerOf(fallback, 'in-reply-to'),
    headerOf(fallback, 'references').split(/\s+/).at(-1) ?? '',
  ]) {
    const id = /<([^<>\s]{1,500})>/.exec(value)?.[1];
    if (id !== undefined) return id;
  }
  return null;
}

/** Recipients that the headers of the returned message name. */
export function readOriginalRecipients(returned: MailHeaders): string[] {
  for (const name of [
    'x-hmxmroriginalrecipient',
    'to',
    'x-envelope-to',
    'envelope-to',
    'delivered-to',
    'x-original-to',
  ]) {
    const found = (returned.get(name) ?? []).flatMap(findAddresses);
    if (found.length > 0) return found;
  }
  const received = (returned.get('received') ?? []).map(
    (value) => /\bfor <?([^\s<>;]+@[^\s<>;]+)/.exec(value)?.[1],
  );
  const address = findAddress(received.find((each) => each !== undefined) ?? '');
  return address === null ? [] : [address];
}

/**
 * Finds a block of at least three different header lines, one of them such as only messages have. It may be indented.
 * A block from a mail server begins a bounce within the report: what it says counts, what stands before it does not.
 */
function splitAtHeaderBlock(text: string): { report: string; message: string } {
  const lines = text.split('\n');
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const indent = /^[ \t]{0,4}/.exec(line)?.[0] ?? '';
    if (!fieldName.test(line.slice(indent.length)) || (index > 0 && fieldName.test(lines[index - 1] ?? '')))
      continue;
    const block = dedent(lines.slice(index, index + 60), indent);
    if (!isHeaderBlock(block, indent)) continue;
    if (block.some((each) => /^from\s*:.*mailer-daemon/i.test(each))) start = index + countHeaderLines(block);
    else return { report: lines.slice(start, index).join('\n'), message: lines.slice(index).join('\n') };
  }
  return { report: lines.slice(start).join('\n'), message: '' };
}

function countHeaderLines(block: readonly string[]): number {
  const end = block.findIndex((line) => line.trim() === '');
  return end < 0 ? block.length : end;
}

function dedent(lines: readonly string[], indent: string): string[] {
  return indent === ''
    ? [...lines]
    : lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : ''));
}

function isHeaderBlock(lines: readonly string[], indent: string): boolean {
  const names = new Set<string>();
  for (const line of lines) {
    const name = /^([A-Za-z][\w-]*)[ \t]*:/.exec(line)?.[1]?.toLowerCase();
    if (name !== undefined) names.add(name);
    else if (!/^[ \t]+\S/.test(line)) break;
  }
  // Reports also quote some fields, indented, to remind of the message; only a whole message says "Received".
  if (indent !== '') return names.size >= 3 && names.has('received');
  const isMessage =
    names.has('received') || names.has('message-id') || names.has('mime-version') || names.has('return-path');
  return names.size >= 3 && isMessage;
}
