import { readLanguage, resolveUrl } from '../markup/resolve-url.ts';
import type { XmlElement } from '../markup/xml-tree.ts';
import type { FeedDialect } from './feed.ts';

/** What an element inherits from those around it. */
export type Surroundings = {
  readonly base: string;
  readonly language: string | null;
  readonly dialect: FeedDialect;
};

/** Surroundings with what the element itself says (`xml:base`, `xml:lang`). */
export function enter(element: XmlElement, outer: Surroundings): Surroundings {
  const base = readAttribute(element, 'xml:base');
  const language = readAttribute(element, 'xml:lang');
  if (base === null && language === null) return outer;
  return {
    ...outer,
    base: base === null ? outer.base : resolveUrl(base, outer.base) || outer.base,
    language: language === null ? outer.language : readLanguage(language),
  };
}

/** An attribute's value, whatever the case of its name; null without it. */
export function readAttribute(element: XmlElement, name: string): string | null {
  const exact = element.attributes.get(name);
  if (exact !== undefined) return exact;
  for (const [key, value] of element.attributes) if (key.toLowerCase() === name) return value;
  return null;
}
