import { SourceError } from '../../knowledge/source.ts';
import type { Fetched } from './fetched.ts';

type Failed = Exclude<Fetched, { kind: 'page' } | { kind: 'unchanged' }>;

/** What keeps a source from being read, as its scan reports it. */
export function toSourceError(fetched: Failed): SourceError {
  switch (fetched.kind) {
    case 'missing':
      return new SourceError(
        'gone',
        `There is nothing at ${fetched.url} any more (the server answered ${fetched.status}). ` +
          'All articles were kept; look for its new address and add that.',
      );
    case 'forbidden':
      return new SourceError('forbidden', `${fetched.url} may not be fetched: ${fetched.because}.`);
    case 'postponed':
      return new SourceError(
        'postponed',
        `${fetched.url} has to wait: ${fetched.because}. It goes on next time.`,
      );
    case 'failed':
      return new SourceError(
        fetched.code,
        `${fetched.url} could not be read: ${fetched.because}. All articles were kept; it is tried again.`,
      );
  }
}
