import { resolveUrl } from '../markup/resolve-url.ts';
import type { XmlElement } from '../markup/xml-tree.ts';
import type { FeedPerson } from './feed.ts';
import { plainText } from './read-feed-text.ts';
import { enter, type Surroundings } from './surroundings.ts';

const address = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+(?:\?subject=\S+)?/;

/** Reads a person with parts (Atom, iTunes) or in one line (RSS, Dublin Core). */
export function readFeedPerson(element: XmlElement, outer: Surroundings): FeedPerson {
  const surroundings = enter(element, outer);
  const parts = new Map<string, XmlElement>();
  for (const child of element.children) if (typeof child !== 'string') parts.set(child.local, child);
  if (parts.size === 0) return readPersonLine(plainText(element));
  const part = (name: string) => {
    const found = parts.get(name);
    return found === undefined ? null : plainText(found) || null;
  };
  const url = part('uri') ?? part('url') ?? part('homepage');
  return {
    name: part('name'),
    email: part('email'),
    url: url === null ? null : resolveUrl(url, surroundings.base) || null,
  };
}

/** `Ada (ada@example.com)`, `ada@example.com (Ada)`, `Ada <ada@example.com>`, or a name alone. */
function readPersonLine(line: string): FeedPerson {
  const email = address.exec(line)?.[0] ?? null;
  const rest = email === null ? line : line.replace(email, '');
  const name = rest
    .replaceAll('()', '')
    .replaceAll('<>', '')
    .replaceAll('&lt;&gt;', '')
    .trim()
    .replace(/^\((.*)\)$/s, '$1')
    .trim();
  return { name: name || null, email, url: null };
}

/** A person in one line: `Ada (ada@example.com)`. */
export function describePerson({ name, email, url }: FeedPerson): string {
  if (name !== null && email !== null) return `${name} (${email})`;
  return name ?? email ?? url ?? '';
}
