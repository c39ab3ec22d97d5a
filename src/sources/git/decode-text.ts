import { isUtf8 } from 'node:buffer';

/** The text of a file, or why it has none. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string; readonly isDamaged: boolean }
  | { readonly kind: 'binary' };

/**
 * Reads a file's bytes as text. A byte order mark stays in UTF-8 (the content is kept exact) and decides for UTF-16.
 * Bytes that are no UTF-8 become U+FFFD, and `isDamaged` says so; a file with zero bytes is no text.
 */
export function decodeText(bytes: Buffer): DecodedText {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (isLittle || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    const text = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes);
    return { kind: 'text', text, isDamaged: text.includes('\uFFFD') };
  }
  if (bytes.includes(0)) return { kind: 'binary' };
  return { kind: 'text', text: bytes.toString('utf8'), isDamaged: !isUtf8(bytes) };
}
