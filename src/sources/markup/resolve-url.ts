import { hasHarmlessScheme } from './clean-html.ts';

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
