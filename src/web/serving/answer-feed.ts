import type { Instant } from '../../knowledge/ids.ts';
import type { SiteContext } from '../site-app.ts';
import { createStoredPage, encodeFor, matchesEtag } from './stored-page.ts';

/** Feed readers come every few minutes, changes once a night. */
const freshSeconds = 300;

/**
 * Answers with a feed; with 304 to who has it already, by its ETag or, without one, by its date (RFC 9110, 13.1.3). A
 * personal one is kept by nobody on the way and listed by no search engine.
 */
export async function answerFeed(
  c: SiteContext,
  feed: { readonly contentType: string; readonly text: string; readonly updatedAt: Instant },
  { isPersonal }: { readonly isPersonal: boolean },
): Promise<Response> {
  const page = createStoredPage(feed.contentType, new Uint8Array(Buffer.from(feed.text)));
  const headers = {
    'cache-control': `${isPersonal ? 'private' : 'public'}, max-age=${freshSeconds}`,
    'last-modified': new Date(feed.updatedAt).toUTCString(),
    vary: 'Accept-Encoding',
    ...(isPersonal && { 'x-robots-tag': 'noindex, nofollow' }),
  };
  const isKnown =
    c.req.header('if-none-match') === undefined
      ? isUnmodifiedSince(c.req.header('if-modified-since'), feed.updatedAt)
      : matchesEtag(c.req.header('if-none-match'), page.etag);
  if (isKnown) return new Response(null, { status: 304, headers: { ...headers, etag: page.etag } });
  const encoded = await encodeFor(page, c.req.header('accept-encoding'), headers);
  return new Response(encoded.bytes, { status: 200, headers: encoded.headers });
}

/** HTTP dates have whole seconds; what is no date says nothing. */
function isUnmodifiedSince(header: string | undefined, updatedAt: Instant): boolean {
  const since = header === undefined ? Number.NaN : Date.parse(header);
  return !Number.isNaN(since) && Math.floor(updatedAt / 1000) * 1000 <= since;
}
