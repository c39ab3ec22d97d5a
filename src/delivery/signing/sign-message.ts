import { createHash, type KeyObject, sign } from 'node:crypto';

/** A key that signs for a domain; its public half is at `<selector>._domainkey.<domain>`. RSA or Ed25519. */
export type DkimKey = { readonly domain: string; readonly selector: string; readonly privateKey: KeyObject };

/**
 * What is signed, in this order, where a message has it. RFC 8058 wants both List-Unsubscribe headers in it; From is
 * named once more than it is there, so that nobody can add another (RFC 6376, 8.15).
 */
const signedHeaders = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-help',
  'auto-submitted',
  'feedback-id',
] as const;
const protectedHeaders = ['from', 'to', 'subject', 'date'] as const;

/**
 * The message with a DKIM-Signature (RFC 6376, relaxed/relaxed) of each key before it: RSA with SHA-256, Ed25519 as RFC
 * 8463 has it. The same bytes for the same message, keys and `signedAt`, which is in milliseconds.
 */
export function signMessage(
  message: Uint8Array,
  { keys, signedAt }: { readonly keys: readonly DkimKey[]; readonly signedAt: number },
): Uint8Array {
  if (keys.length === 0) return message;
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, end < 0 ? bytes.length : end + 2).toString('latin1');
  const body = end < 0 ? '' : bytes.subarray(end + 4).toString('latin1');
  const fields = readFields(head);
  const names = [...signedHeaders.filter((name) => fields.has(name)), ...protectedHeaders];
  const bodyHash = createHash('sha256').update(relaxBody(body), 'latin1').digest('base64');
  const given = signedHeaders.flatMap((name) => fields.get(name) ?? []).join('\r\n');
  const signatures = keys.map((key) => {
    const isRsa = key.privateKey.asymmetricKeyType === 'rsa';
    const unsigned = [
      `DKIM-Signature: v=1; a=${isRsa ? 'rsa-sha256' : 'ed25519-sha256'}; c=relaxed/relaxed; d=${key.domain};`,
      ` s=${key.selector}; t=${Math.floor(signedAt / 1000)};`,
      ` h=${fold(names.map((name, n) => (n === 0 ? name : `:${name}`)))};`,
      ` bh=${bodyHash};`,
      ' b=',
    ].join('\r\n');
    const text = Buffer.from(`${given}\r\n${relaxField(unsigned)}`, 'latin1');
    const value = isRsa
      ? sign('sha256', text, key.privateKey)
      : sign(null, createHash('sha256').update(text).digest(), key.privateKey);
    return `${unsigned}${fold(value.toString('base64').match(/.{1,70}/g) ?? [])}\r\n`;
  });
  return Buffer.concat([Buffer.from(signatures.join(''), 'latin1'), bytes]);
}

/** Header fields as relaxed canonicalization has them, by name; our messages have each once. */
function readFields(head: string): Map<string, string> {
  const fields = head.split(/\r\n(?![ \t])/).filter((line) => line !== '');
  return new Map(
    fields.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), relaxField(field)]),
  );
}

/** RFC 6376, 3.4.2 */
function relaxField(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '');
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
}

/** RFC 6376, 3.4.4: no white space at the end of lines, one space within, no empty lines at the end. */
function relaxBody(body: string): string {
  const relaxed = body
    .replace(/[ \t]+(?=\r\n|$)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(?:\r\n)+$/, '');
  return relaxed === '' ? '' : `${relaxed}\r\n`;
}

/** Joins pieces into lines of at most 76 characters, with white space only between pieces. */
function fold(pieces: readonly string[]): string {
  let text = '';
  let length = 4;
  for (const piece of pieces) {
    if (length + piece.length > 75 && text !== '') {
      text += '\r\n ';
      length = 1;
    }
    text += piece;
    length += piece.length;
  }
  return text;
}
