import type { PublishedText } from '../../../knowledge/article.ts';
import { findClassicHead, readClassicKeywords, toPublishedFacts } from './classic-facts.ts';

/** Where what isn't the article any more begins, on pages without keywords. */
const afterTheArticle =
  /^(community feedback|other support options|article translations|related support centers|give feedback|need more help\??|was this (information|article) helpful|back to the top|properties)/i;
const bullet = /^\s*(?:[•‣▪●*·]|[-–](?=\s))\s*/;
const maxCharacters = 2_000_000;

/**
 * Reads a classic Microsoft KB article page in plain text: what stands before its head and what readers wrote below
 * it are left out. null when it's no such page.
 */
export function readClassicText(page: string): PublishedText | null {
  const text = page
    .slice(0, maxCharacters)
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n');
  const head = findClassicHead(text);
  if (head === null) return null;
  const before = text
    .slice(0, head.start)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const lines = text.slice(head.end).split('\n');

  const isBare = lines.findIndex((line) => line.trim() !== '');
  const first = lines[isBare]?.trim() ?? '';
  // The title follows the head; some copies have it before, and go on with the first section.
  const isTitle = first !== '' && !isHeading(first);
  const title = isTitle ? first : (before.at(-1) ?? '');
  const body = isTitle ? lines.slice(isBare + 1) : lines;

  const keywordsAt = body.findIndex((line) => /^\s*keywords\s*:/i.test(line));
  const tail = keywordsAt < 0 ? [] : body.slice(keywordsAt, keywordsAt + 12);
  const keywords = readClassicKeywords(tail.join(' ').replace(/^\s*keywords\s*:/i, ''));
  const foreignAt = body.findIndex((line) => afterTheArticle.test(line.trim()));
  const end = keywordsAt >= 0 ? keywordsAt : foreignAt >= 0 ? foreignAt : body.length;
  const article = body.slice(0, end);

  const appliesAt = article.findIndex((line) => /^\s*applies to\s*:?\s*$/i.test(line));
  const appliesTo = appliesAt < 0 ? [] : readList(article.slice(appliesAt + 1));
  return {
    format: 'text',
    text: article
      .join('\n')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+|\n+$/g, ''),
    includes: {},
    facts: toPublishedFacts({ head, title, appliesTo, keywords }),
  };
}

function readList(lines: readonly string[]): string[] {
  const names: string[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    if (!bullet.test(line) && names.length > 0 && isHeading(line.trim())) break;
    names.push(line.replace(bullet, '').trim());
  }
  return names;
}

/** Sections of these pages have headings in capitals. */
function isHeading(line: string): boolean {
  return /^[A-Z][A-Z /'-]{3,60}$/.test(line);
}
