import fc from 'fast-check';
import { expect, test } from 'vitest';
import { XmlLimitError } from '../markup/xml-tree.ts';
import { readSitemap } from './read-sitemap.ts';

const read = (text: string) => readSitemap(Buffer.from(text));

test('a sitemap gives its pages with their dates', () => {
  expect(
    read(
      '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> https://kb.example/a?b=1&amp;c=2 </loc><lastmod>2026-01-01</lastmod></url><url><loc>https://kb.example/b</loc><lastmod>soon</lastmod></url><url><loc>javascript:x</loc></url><url/></urlset>',
    ),
  ).toEqual({
    sitemaps: [],
    pages: [
      { url: 'https://kb.example/a?b=1&c=2', modifiedAtMs: Date.UTC(2026, 0, 1) },
      { url: 'https://kb.example/b', modifiedAtMs: null },
    ],
  });
});

test('an index gives its sitemaps', () => {
  expect(
    read('<sitemapindex><sitemap><loc>https://kb.example/1.xml.gz</loc></sitemap></sitemapindex>'),
  ).toEqual({ pages: [], sitemaps: ['https://kb.example/1.xml.gz'] });
});

test('a list of addresses is one too', () => {
  expect(
    read('# pages\nhttps://kb.example/a\r\n\nhttps://kb.example/b\n')?.pages.map(({ url }) => url),
  ).toEqual(['https://kb.example/a', 'https://kb.example/b']);
});

test.each([
  '',
  'text without addresses',
  '<!DOCTYPE html><html></html>',
  '<rss/>',
  'one line\nanother line\nhttps://kb.example/',
])('%j is none', (text) => {
  expect(read(text)).toBeNull();
});

test('whatever is read, nothing but a limit stops it', () => {
  const piece = fc.constantFrom(
    '<urlset>',
    '<url>',
    '<loc>',
    'https://kb.example/',
    '</loc>',
    '<lastmod>',
    '2026',
    '</url>',
    '<sitemapindex>',
    '<sitemap>',
    '&a;',
    '\n',
    '<!DOCTYPE x [<!ENTITY a "b">]>',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      try {
        read(pieces.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(XmlLimitError);
      }
    }),
  );
});
