import { type EncodedPage, encodeFor, matchesEtag, type StoredPage } from './stored-page.ts';

/** What an answer depends on beside the page. */
export type AskedForm = {
  readonly ifNoneMatch: string | null;
  readonly acceptEncoding: string | null;
  readonly requestId: string;
};

export function readAskedForm(headers: Pick<Headers, 'get'>, requestId: string): AskedForm {
  return {
    ifNoneMatch: headers.get('if-none-match'),
    acceptEncoding: headers.get('accept-encoding'),
    requestId,
  };
}

/**
 * Answers with a page in the form that the client takes, or with 304 when it has it already. A promise only when the
 * page has to be compressed first.
 */
export function answerPage(
  page: StoredPage,
  { ifNoneMatch, acceptEncoding, requestId }: AskedForm,
  baseHeaders: Readonly<Record<string, string>>,
): Response | Promise<Response> {
  const own = { 'x-request-id': requestId };
  if (matchesEtag(ifNoneMatch, page.etag)) {
    return new Response(null, { status: 304, headers: { ...baseHeaders, ...own, etag: page.etag } });
  }
  const answer = ({ bytes, headers }: EncodedPage) =>
    new Response(bytes, { status: 200, headers: { ...headers, ...own } });
  const form = encodeFor(page, acceptEncoding, baseHeaders);
  return form instanceof Promise ? form.then(answer) : answer(form);
}
