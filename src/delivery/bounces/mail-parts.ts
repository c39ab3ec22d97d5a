import {
  decodeCharset,
  decodeQuotedPrintable,
  headerOf,
  type MailHeaders,
  readContentType,
  readMailHeaders,
} from './mail-headers.ts';

/** A leaf of a mail: no multipart, and a message within the message is not opened. */
export type MailPart = {
  /** In lower case, `text/plain` where none is given. */
  readonly type: string;
  readonly headers: MailHeaders;
  /** Decoded text, lines ended by `\n`. */
  readonly text: string;
};

export type Mail = {
  readonly headers: MailHeaders;
  readonly parts: readonly MailPart[];
};

/** Reports are small; what lies beyond is the returned message. */
const maxBytes = 1 << 20;
const maxParts = 100;
const maxDepth = 6;

/**
 * Takes a mail apart leniently, as bounces often break the rules of MIME: a multipart without its boundary is text,
 * a body with a wrong encoding is shown as it is. Never throws; reads at most the first megabyte.
 */
export function readMailParts(raw: Uint8Array): Mail {
  const text = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, maxBytes))
    .toString('latin1')
    .replace(/\r\n?/g, '\n');
  const { headers, body } = readMailHeaders(text);
  const parts: MailPart[] = [];
  collectParts({ headers, body, depth: 0, parts });
  return { headers, parts };
}

function collectParts(mail: { headers: MailHeaders; body: string; depth: number; parts: MailPart[] }): void {
  const { headers, body, depth, parts } = mail;
  const { type, parameters } = readContentType(headerOf(headers, 'content-type'));
  const boundary = parameters.get('boundary');
  const pieces = type.startsWith('multipart/') && boundary && depth < maxDepth ? splitAt(body, boundary) : [];
  if (pieces.length === 0) {
    parts.push({
      type: type.startsWith('multipart/') || type === '' ? 'text/plain' : type,
      headers,
      text: decode(mail, parameters),
    });
    return;
  }
  for (const piece of pieces) {
    if (parts.length >= maxParts) return;
    collectParts({ ...readPiece(piece), depth: depth + 1, parts });
  }
}

/** A part without headers begins with its empty line; one that forgot that line has no headers either. */
function readPiece(piece: string): { headers: MailHeaders; body: string } {
  if (/^\n*[!-9;-~]+[ \t]*:/.test(piece) && !/^\n/.test(piece)) return readMailHeaders(piece);
  return { headers: new Map(), body: piece };
}

function splitAt(body: string, boundary: string): string[] {
  const delimiter = `\n--${boundary}`;
  const text = `\n${body}`;
  const pieces: string[] = [];
  let start = -1;
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) {
    if (start >= 0) pieces.push(text.slice(start, at));
    const after = at + delimiter.length;
    const lineEnd = text.indexOf('\n', after);
    if (text.startsWith('--', after) || lineEnd < 0) return pieces;
    start = lineEnd + 1;
    if (pieces.length >= maxParts) return pieces;
  }
  if (start >= 0) pieces.push(text.slice(start));
  return pieces;
}

function decode(
  mail: { headers: MailHeaders; body: string },
  parameters: ReadonlyMap<string, string>,
): string {
  const encoding = headerOf(mail.headers, 'content-transfer-encoding').toLowerCase();
  const bytes = decodeTransfer(mail.body, encoding);
  const charset = bytes.includes('\u001b$') ? 'iso-2022-jp' : parameters.get('charset') || 'utf-8';
  const text = decodeCharset(bytes, charset) ?? bytes.toString('latin1');
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '');
}

function decodeTransfer(body: string, encoding: string): Buffer {
  if (encoding.startsWith('quoted-printable')) return decodeQuotedPrintable(body);
  if (encoding.startsWith('base64') && /^[A-Za-z0-9+/=\s]*$/.test(body.slice(0, 2000))) {
    return Buffer.from(body, 'base64');
  }
  return Buffer.from(body, 'latin1');
}
