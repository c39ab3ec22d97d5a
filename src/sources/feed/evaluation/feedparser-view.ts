import type { Feed, FeedDate, FeedEntry, FeedItem, FeedPerson, FeedText } from '../feed.ts';
import { describePerson } from '../read-feed-person.ts';
import type { PythonDict, PythonValue } from './parse-expectation.ts';

/** A feed under the names that feedparser's expectations use. What feedparser leaves out is left out here. */
export function viewAsFeedparser(feed: Feed): PythonDict {
  return {
    feed: {
      ...viewItem(feed),
      ...view('subtitle', feed.summary, ['tagline', 'description']),
      ...view('info', feed.info),
      ...present({ language: feed.language }),
    },
    entries: feed.entries.map(viewEntry),
  };
}

function viewEntry(entry: FeedEntry): PythonDict {
  const [first] = entry.contents;
  const isText = first !== undefined && /^(text\/|application\/xhtml)/.test(first.type);
  return {
    ...viewItem(entry),
    ...view('summary', entry.summary ?? (isText ? first : null), ['description']),
    ...(entry.contents.length > 0 ? { content: entry.contents.map(viewText) } : {}),
    ...present({ comments: entry.comments }),
  };
}

function viewItem(item: FeedItem): PythonDict {
  const author = item.authors.at(-1);
  const updated = item.updated ?? item.published;
  return {
    ...view('title', item.title),
    ...view('rights', item.rights, ['copyright']),
    ...present({ id: item.id, guid: item.id, link: item.link }),
    links: item.links.map((link) => present({ ...link })),
    enclosures: item.links
      .filter((link) => link.rel === 'enclosure')
      .map(({ href, length, type }) => present({ href, length, type })),
    ...(author === undefined ? {} : viewPerson('author', author)),
    ...(item.authors.length > 0 ? { authors: item.authors.map(personDict) } : {}),
    contributors: item.contributors.map((person) =>
      present({ name: person.name, email: person.email, href: person.url }),
    ),
    ...(item.publisher === null ? {} : viewPerson('publisher', item.publisher)),
    ...viewDate('published', item.published),
    ...viewDate('updated', updated),
    ...viewDate('created', item.created),
    ...viewDate('expired', item.expired),
    tags: item.categories.map((category) => ({ ...category })),
    ...present({ category: item.categories[0]?.term ?? null }),
  };
}

function view(name: string, text: FeedText | null | undefined, aliases: readonly string[] = []): PythonDict {
  if (text == null) return {};
  const both = (key: string): [string, PythonValue][] => [
    [key, text.value],
    [`${key}_detail`, viewText(text)],
  ];
  return Object.fromEntries([name, ...aliases].flatMap(both));
}

function viewText({ value, type, language, base, src }: FeedText): PythonDict {
  return { value, type, language, base, ...present({ src }) };
}

function viewPerson(role: string, person: FeedPerson): PythonDict {
  return { [role]: describePerson(person), [`${role}_detail`]: personDict(person) };
}

function personDict({ name, email, url }: FeedPerson): PythonDict {
  return present({ name, email, href: url });
}

function viewDate(name: string, date: FeedDate | null): PythonDict {
  if (date === null) return {};
  const parsed = date.atMs === null ? null : structTime(new Date(date.atMs));
  return { [name]: date.text, [`${name}_parsed`]: parsed };
}

/** Python's struct_time: week days from Monday, the day of the year from 1. */
function structTime(date: Date): PythonValue {
  const yearStart = Date.UTC(date.getUTCFullYear(), 0, 1);
  return [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    (date.getUTCDay() + 6) % 7,
    Math.floor((date.getTime() - yearStart) / 86_400_000) + 1,
    0,
  ];
}

function present(fields: Readonly<Record<string, PythonValue>>): PythonDict {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
