export type DecodedText = { readonly text: string; readonly encoding: string };

/**
 * Turns the bytes of an XML or HTML document into text: by its byte order mark, else by the HTTP header, else by
 * what the document declares of itself, else as UTF-8. An encoding that the bytes contradict is passed over, and
 * windows-1252, which can't fail, comes last.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null = null): DecodedText {
  const marked = readByteOrderMark(bytes);
  if (marked !== null) return decodeLoosely(bytes.subarray(marked.length), marked.encoding);
  const wide = guessWideEncoding(bytes);
  if (wide !== null) return decodeLoosely(bytes, wide);
  for (const name of [readCharset(contentType), readDeclaredEncoding(bytes), 'utf-8']) {
    const decoded = name === null ? null : decodeStrictly(bytes, name);
    if (decoded !== null) return decoded;
  }
  return decodeLoosely(bytes, 'windows-1252');
}

function readCharset(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*["']?\s*([^\s"';]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

function readDeclaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  return (
    /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']\s*([^"'\s]+)/i.exec(head)?.[1] ??
    /<meta[^>]+?\bcharset\s*=\s*["']?\s*([^"'\s/>;]+)/i.exec(head)?.[1] ??
    null
  );
}

function decodeStrictly(bytes: Uint8Array, name: string): DecodedText | null {
  const label = normaliseLabel(name);
  if (label === 'us-ascii') return bytes.every((byte) => byte < 0x80) ? decodeLoosely(bytes, 'utf-8') : null;
  // Declared wide, but there is no zero byte where a wide "<" would have one: the declaration was left behind.
  if (label.startsWith('utf-16') || label.startsWith('utf-32')) return null;
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding: label };
  } catch (error) {
    // RangeError: no such encoding. TypeError: the bytes are none of it.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Names as Python and mail programs write them, in the spelling of the Encoding Standard. */
function normaliseLabel(name: string): string {
  const label = name.toLowerCase().replaceAll('_', '-');
  if (label === 'ascii' || label === 'us-ascii') return 'us-ascii';
  if (/^cp125\d$/.test(label)) return `windows-${label.slice(2)}`;
  if (label === 'gb2312' || label === 'cp936') return 'gb18030';
  if (/^(u8|utf8)$/.test(label)) return 'utf-8';
  return label;
}

function readByteOrderMark(bytes: Uint8Array): { encoding: string; length: number } | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', length: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

/** By where the zero bytes around the first "<" are (XML 1.0, appendix F). */
function guessWideEncoding(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0 && b === 0 && c === 0 && d !== 0) return 'utf-32be';
  if (a !== 0 && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b !== 0) return 'utf-16be';
  if (a !== 0 && b === 0) return 'utf-16le';
  return null;
}

function decodeLoosely(bytes: Uint8Array, encoding: string): DecodedText {
  if (encoding.startsWith('utf-32')) return { text: decodeUtf32(bytes, encoding.endsWith('be')), encoding };
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/** The platform has no UTF-32. */
function decodeUtf32(bytes: Uint8Array, isBigEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, !isBigEndian);
    text += code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  }
  return text;
}
