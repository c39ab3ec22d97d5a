import { createHash } from 'node:crypto';
import type { ArticleDraft, PublishedText } from '../../knowledge/article.ts';
import { markupToText } from '../markup/markup-to-text.ts';
import type { FeedEntry, FeedText } from './feed.ts';
import { describePerson } from './read-feed-person.ts';

/** Longer ids are data, and no index takes them. */
const maxKeyCharacters = 500;

/** The article that an entry is; null for one that says nothing. */
export function draftEntry(
  entry: FeedEntry,
  { placeTechnologies }: { placeTechnologies: readonly string[] },
): ArticleDraft | null {
  const title = entry.title === null ? '' : plain(entry.title);
  const name =
    entry.id || entry.link || (title === '' ? null : hashed(`${title}\n${entry.published?.text ?? ''}`));
  if (name === null) return null;
  const key = name.length > maxKeyCharacters ? hashed(name) : name;
  return { key, url: entry.link, aliases: [], published: publish(entry, title), placeTechnologies };
}

function publish(entry: FeedEntry, title: string): PublishedText {
  const body = chooseBody(entry);
  const summary = entry.summary !== null && entry.summary !== body ? plain(entry.summary) : '';
  const at = entry.updated?.atMs ?? entry.published?.atMs ?? null;
  const facts: Record<string, string> = {
    title: title || (entry.link ?? ''),
    description: summary.length <= 1000 ? summary : '',
    language: entry.language ?? body?.language ?? '',
    'vendor-date': at === null ? '' : new Date(at).toISOString().slice(0, 10),
    author: entry.authors.map(describePerson).join(', '),
    keywords: entry.categories.map((category) => category.label ?? category.term).join(', '),
  };
  return {
    format: body?.type === 'text/plain' ? 'text' : 'html',
    text: body?.value ?? '',
    includes: {},
    facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '')),
  };
}

/** The longest text that is one: some feeds put a teaser into the content and the article into the summary. */
function chooseBody(entry: FeedEntry): FeedText | null {
  const texts = [...entry.contents, ...(entry.summary === null ? [] : [entry.summary])].filter((text) =>
    /^(text\/|application\/xhtml)/.test(text.type),
  );
  return texts.reduce<FeedText | null>(
    (longest, text) => (longest === null || text.value.length > longest.value.length ? text : longest),
    null,
  );
}

function plain(text: FeedText): string {
  return (text.type === 'text/plain' ? text.value : markupToText(text.value)).replace(/\s+/g, ' ').trim();
}

function hashed(text: string): string {
  return `hash:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
