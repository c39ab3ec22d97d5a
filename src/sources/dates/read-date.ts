import { readLocalDate } from './local-date.ts';
import { readMailDate } from './mail-date.ts';
import { readW3cDate } from './w3c-date.ts';

/**
 * Reads a date as feeds and pages write them: RFC 822 and its many variants, W3C date-time and ISO 8601, asctime, and what
 * some programs write in the language of their users. Milliseconds since 1970 in UTC; null when no shape fits.
 * A time without a zone is UTC.
 */
export function readDate(written: string): number | null {
  const text = written.trim().replace(/\s+/g, ' ').slice(0, 100);
  if (text === '') return null;
  for (const read of [readW3cDate, readMailDate, readLocalDate]) {
    const atMs = read(text);
    if (atMs !== null) return atMs;
  }
  return null;
}
