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
  /** Made when first asked for. */
  readonly encoded: Map<Encoding, Bytes>;
};

export function createStoredPage(contentType: string, bytes: Bytes): StoredPage {
  const hash = createHash('sha1').update(bytes).digest('base64url').slice(0, 20);
  return { contentType, bytes, etag: `W/"${hash}"`, encoded: new Map() };
}

/** The body in the best encoding that the client takes; null: as it is. */
export async function encodeFor(
  page: StoredPage,
  acceptEncoding: string | undefined,
): Promise<{ encoding: Encoding; bytes: Bytes } | null> {
  const encoding = page.bytes.byteLength < leastToCompress ? null : chooseEncoding(acceptEncoding ?? '');
  if (encoding === null) return null;
  let bytes = page.encoded.get(encoding);
  if (bytes === undefined) {
    const compressed =
      encoding === 'br'
        ? await compressWithBrotli(page.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
        : await compressWithGzip(page.bytes);
    bytes = new Uint8Array(compressed);
    page.encoded.set(encoding, bytes);
  }
  return { encoding, bytes };
}

/** RFC 9110, 12.5.3: a quality of 0 refuses. */
function chooseEncoding(acceptEncoding: string): Encoding | null {
  const taken = new Set(
    acceptEncoding
      .split(',')
      .map((part) => part.trim())
      .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
      .map((part) => part.split(';')[0]?.trim()),
  );
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : null;
}

/** RFC 9110, 13.1.2: weak comparison with any of the listed tags. */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
