import { hash } from 'node:crypto';
import type { PublishedText } from '../article.ts';

/** SHA-256 (hex) of the published text: equal exactly when format, text, includes and facts are equal. */
export function hashPublished(published: PublishedText): string {
  const { format, text, includes, facts } = published;
  return hash('sha256', JSON.stringify([format, text, sortEntries(includes), sortEntries(facts)]));
}

function sortEntries(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
