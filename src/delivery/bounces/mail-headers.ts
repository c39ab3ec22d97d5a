/** Headers by lower-case name; each value unfolded to one line. */
export type MailHeaders = ReadonlyMap<string, readonly string[]>;

const maxHeaders = 500;

/**
 * Reads header lines up to the first empty line and returns the rest as the body. Lenient: a line `From ` of a mailbox
 * file, lines without a colon and too many headers are passed over.
 */
export function readMailHeaders(text: string): { headers: MailHeaders; body: string } {
  const start = /^\n*(?:From [^\n]*\n)?/.exec(text)?.[0].length ?? 0;
  const end = text.startsWith('\n', start) ? start : text.indexOf('\n\n', start);
  const head = end < 0 ? text.slice(start) : text.slice(start, end);
  const body = end < 0 ? '' : text.slice(end).replace(/^\n{1,2}/, '');
  return { headers: readHeaderFields(head), body };
}

/** Reads `Name: value` lines, continued by lines that begin with white space. */
export function readHeaderFields(head: string): MailHeaders {
  const headers = new Map<string, string[]>();
  let count = 0;
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const field = /^([!-9;-~]{1,80})[ \t]*:[ \t]*(.*)$/.exec(line);
    if (field === null) continue;
    count += 1;
    if (count > maxHeaders) break;
    const [, name = '', value = ''] = field;
    const values = headers.get(name.toLowerCase());
    if (values) values.push(value.trim());
    else headers.set(name.toLowerCase(), [value.trim()]);
  }
  return headers;
}

/** The first value of a header, '' where it is absent. */
export function headerOf(headers: MailHeaders, name: string): string {
  return headers.get(name)?.[0] ?? '';
}

/** Type and parameters of a Content-Type value, both in lower case but for the parameters' values. */
export function readContentType(value: string): { type: string; parameters: ReadonlyMap<string, string> } {
  const type = /^[^;\s]*/.exec(value.trim())?.[0].toLowerCase() ?? '';
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of value
    .slice(0, 2000)
    .matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g)) {
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain);
  }
  return { type, parameters };
}

/** Decodes encoded words of RFC 2047 (`=?utf-8?B?…?=`); what can't be decoded stays as it is. */
export function decodeWords(value: string): string {
  return readRawUtf8(value)
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(
      /=\?([\w.:+-]{1,40})(?:\*[\w-]*)?\?([BQ])\?([^?\s]*)\?=/gi,
      (whole, charset: string, encoding: string, data: string) => {
        const bytes =
          encoding.toUpperCase() === 'B'
            ? Buffer.from(data, 'base64')
            : decodeQuotedPrintable(data.replaceAll('_', ' '));
        return decodeCharset(bytes, charset) ?? whole;
      },
    );
}

/** Headers are read as one character a byte; some senders write UTF-8 into them. */
function readRawUtf8(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  const text = decodeCharset(Buffer.from(value, 'latin1'), 'utf-8') ?? value;
  return text.includes('\ufffd') ? value : text;
}

/** Bytes of quoted-printable text (RFC 2045, section 6.7). */
export function decodeQuotedPrintable(text: string): Buffer {
  const bytes = text
    .replace(/=[ \t]*\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

/** The text of bytes in a character set; null for a set that nobody knows. */
export function decodeCharset(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return null; // an unknown label is the sender's mistake; the caller shows the bytes as they are
  }
}
