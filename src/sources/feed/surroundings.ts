import { hasHarmlessScheme } from '../markup/clean-html.ts';
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

/** `en_US` as `en-US`; null for an empty one, which means that the language is not known. */
export function readLanguage(written: string): string | null {
  return written.trim().replaceAll('_', '-') || null;
}

/**
 * An address made absolute; an absolute one stays exactly as it's written, because ids are compared letter by
 * letter. '' when its scheme could run something.
 */
export function resolveUrl(written: string, base: string): string {
  const url = written.trim();
  if (!hasHarmlessScheme(url)) return '';
  if (url === '' || /^[a-z][a-z0-9+.-]*:/i.test(url) || !URL.canParse(url, base)) return url;
  return new URL(url, base).href;
}

/** An attribute's value, whatever the case of its name; null without it. */
export function readAttribute(element: XmlElement, name: string): string | null {
  const exact = element.attributes.get(name);
  if (exact !== undefined) return exact;
  for (const [key, value] of element.attributes) if (key.toLowerCase() === name) return value;
  return null;
}
