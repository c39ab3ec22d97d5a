import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressWithBrotli = promisify(brotliCompress);
const compressWithGzip = promisify(gzip);
const leastToCompress = 860;

type Bytes = Uint8Array<ArrayBuffer>;
type Encoding = 'br' | 'gzip';

/** An answer's body with what conditional requests and compression need of it. */
export type StoredPage = {
  readonly contentType: string;
  readonly bytes: Bytes;
  /** Weak: one for all encodings. */
  readonly etag: string;
  /** Made when first asked for, under the encoding's name; '' is as it is. */
  readonly forms: Map<Encoding | '', EncodedPage>;
};

/** A body as it goes out, with all its headers. */
export type EncodedPage = { readonly bytes: Bytes; readonly headers: Readonly<Record<string, string>> };

export function createStoredPage(contentType: string, bytes: Bytes): StoredPage {
  const hash = createHash('sha1').update(bytes).digest('base64url').slice(0, 20);
  return { contentType, bytes, etag: `W/"${hash}"`, forms: new Map() };
}

/**
 * The page in the best encoding that the client takes, with `baseHeaders` and its own: at once when it went out like
 * that before.
 */
export function encodeFor(
  page: StoredPage,
  acceptEncoding: string | null | undefined,
  baseHeaders: Readonly<Record<string, string>>,
): EncodedPage | Promise<EncodedPage> {
  const name = page.bytes.byteLength < leastToCompress ? '' : chooseEncoding(acceptEncoding ?? '');
  return page.forms.get(name) ?? encode(page, name, baseHeaders);
}

async function encode(
  page: StoredPage,
  name: Encoding | '',
  baseHeaders: Readonly<Record<string, string>>,
): Promise<EncodedPage> {
  const bytes = name === '' ? page.bytes : await compress(page.bytes, name);
  const headers = {
    ...baseHeaders,
    etag: page.etag,
    'content-type': page.contentType,
    'content-length': String(bytes.byteLength),
    ...(name !== '' && { 'content-encoding': name }),
  };
  const form = { bytes, headers };
  page.forms.set(name, form);
  return form;
}

async function compress(bytes: Bytes, encoding: Encoding): Promise<Bytes> {
  const compressed =
    encoding === 'br'
      ? await compressWithBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      : await compressWithGzip(bytes);
  return new Uint8Array(compressed);
}

/** RFC 9110, 12.5.3: a quality of 0 refuses. */
function chooseEncoding(acceptEncoding: string): Encoding | '' {
  if (acceptEncoding === '') return '';
  const taken = new Set(
    acceptEncoding
      .split(',')
      .map((part) => part.trim())
      .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
      .map((part) => part.split(';')[0]?.trim()),
  );
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : '';
}

/** RFC 9110, 13.1.2: weak comparison with any of the listed tags. */
export function matchesEtag(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined || ifNoneMatch === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
