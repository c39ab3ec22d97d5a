import type { FailureCode } from './describe-failure.ts';

export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

export type FetchRequest = {
  readonly url: string;
  /** Of the former visit: the server may answer that nothing changed. */
  readonly validators?: Validators;
  readonly accept?: string;
  readonly maxBytes?: number;
  readonly signal: AbortSignal;
};

export type FetchedPage = {
  readonly kind: 'page';
  /** Where the answer came from, after redirections. */
  readonly url: string;
  /** Where the URL has moved for good; null when it has not. */
  readonly movedTo: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly wireBytes: number;
  readonly validators: Validators;
};

/** What a polite GET comes to; only programming errors and an aborted signal are thrown. */
export type Fetched =
  | FetchedPage
  | { readonly kind: 'unchanged'; readonly url: string; readonly movedTo: string | null }
  /** 404 or 410. */
  | { readonly kind: 'missing'; readonly url: string; readonly status: number }
  /** robots.txt or the address rules forbid it. */
  | { readonly kind: 'forbidden'; readonly url: string; readonly because: string }
  /** The night's requests for the host are used up, or the host asked for a rest longer than we wait. */
  | { readonly kind: 'postponed'; readonly url: string; readonly because: string }
  | {
      readonly kind: 'failed';
      readonly url: string;
      readonly code: FailureCode;
      /** Of the answer, null when there was none. */
      readonly status: number | null;
      readonly because: string;
    };
