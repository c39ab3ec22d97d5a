import type { XmlElement } from '../markup/xml-tree.ts';

/** Namespaces by a part of their URI that no other has; feeds write them in many ways. */
const known: readonly (readonly [RegExp, string])[] = [
  [/purl\.org\/dc\/elements/, 'dc'],
  [/purl\.org\/dc\/terms/, 'dcterms'],
  [/purl\.org\/rss\/1\.0\/modules\/content/, 'content'],
  [/itunes\.com\/dtds\/podcast/, 'itunes'],
  [/search\.yahoo\.com\/mrss/, 'media'],
  [/w3\.org\/1999\/xhtml/, 'xhtml'],
  [/w3\.org\/2000\/svg/, 'svg'],
  [/w3\.org\/1998\/math/, 'math'],
  [/w3\.org\/1999\/02\/22-rdf/, 'rdf'],
  [/w3\.org\/2005\/atom|purl\.org\/atom\/ns/, 'core'],
  [/backend\.userland\.com|blogs\.law\.harvard\.edu\/tech\/rss|my\.netscape\.com\/(rdf|publish)/, 'core'],
  [/purl\.org\/(rss\/1\.0\/?$|net\/rss1\.1)|channel\.netscape\.com|my\.netscape\.com/, 'core'],
  [/^prefix:(dc|dcterms|content|itunes|media|xhtml)$/, '$1'],
  [/^prefix:atom$/, 'core'],
];

const remembered = new Map<string, string | null>();

/**
 * Which vocabulary an element is of: `core` is RSS, RDF, Atom and CDF alike. Without a prefix it's `core` whatever
 * its namespace, as many feeds declare one of their own; with the prefix of an unknown one it's null.
 */
export function vocabularyOf(element: XmlElement): string | null {
  const found = remembered.get(element.namespace) ?? find(element.namespace.toLowerCase());
  if (remembered.size < 1000) remembered.set(element.namespace, found);
  if (found !== null) return found;
  return element.name.includes(':') ? null : 'core';
}

/** Vocabulary and name, such as `dc:creator`; `?:name` of an unknown vocabulary. */
export function qualifiedName(element: XmlElement): string {
  return `${vocabularyOf(element) ?? '?'}:${element.local}`;
}

function find(uri: string): string | null {
  for (const [pattern, vocabulary] of known) {
    const match = pattern.exec(uri);
    if (match !== null) return vocabulary === '$1' ? (match[1] ?? null) : vocabulary;
  }
  return null;
}
