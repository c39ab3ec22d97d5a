import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { XmlLimitError } from '../markup/xml-tree.ts';
import { readFeed } from './read-feed.ts';

const read = (text: string, headers: Record<string, string> = {}) =>
  readFeed({ body: Buffer.from(text), url: 'https://kb.example/feed/news.xml', headers });

describe('RSS', () => {
  test('gives entries with everything that is kept', () => {
    const feed =
      read(`<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
      <title>News &amp; more</title><link>https://kb.example/</link><language>en_GB</language>
      <item><title>Update 1</title><link>/kb/1</link><guid isPermaLink="false">kb-1</guid><dc:creator>Ada</dc:creator>
      <pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate><description>In short</description>
      <content:encoded><![CDATA[<p>At <a href="../x">length</a></p>]]></content:encoded><category>Windows</category></item></channel></rss>`);
    expect(feed).toMatchObject({
      dialect: 'rss',
      title: { value: 'News & more' },
      language: 'en-GB',
      link: 'https://kb.example/',
    });
    expect(feed?.entries[0]).toMatchObject({
      id: 'kb-1',
      link: 'https://kb.example/kb/1',
      title: { value: 'Update 1', type: 'text/plain' },
      summary: { value: 'In short' },
      contents: [{ value: '<p>At <a href="https://kb.example/x">length</a></p>', type: 'text/html' }],
      authors: [{ name: 'Ada' }],
      published: { atMs: Date.UTC(2026, 0, 1, 10) },
      categories: [{ term: 'Windows' }],
    });
  });

  test('takes a guid for the link when there is no other', () => {
    const feed = read(
      '<rss><channel><item><guid>https://kb.example/1</guid></item><item><guid isPermaLink="false">https://kb.example/2</guid></item></channel></rss>',
    );
    expect(feed?.entries.map(({ link }) => link)).toEqual(['https://kb.example/1', null]);
  });

  test('of modules that nobody knows does not overwrite its own elements', () => {
    const feed = read(
      '<rss xmlns:x="urn:x"><channel><item><x:title>no</x:title><title>yes</title><image><title>no</title></image><x:title>no</x:title></item></channel></rss>',
    );
    expect(feed?.entries[0]?.title?.value).toBe('yes');
  });
});

describe('Atom', () => {
  test('gives text by its type, resolved against xml:base', () => {
    const feed =
      read(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://kb.example/a/" xml:lang="de"><title type="text">1 &lt; 2</title>
      <entry xml:base="b/"><id>urn:1</id><title type="html">&lt;b&gt;A&lt;/b&gt;</title><link rel="alternate" href="c"/><link rel="enclosure" href="d"/>
      <updated>2026-01-01T00:00:00Z</updated><summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x <i>y</i></div></summary>
      <content type="html">&lt;img src="i.png"&gt;</content><author><name>Ada</name><email>ada@kb.example</email></author></entry></feed>`);
    expect(feed).toMatchObject({ dialect: 'atom10', title: { value: '1 < 2' }, language: 'de' });
    expect(feed?.entries[0]).toMatchObject({
      id: 'urn:1',
      link: 'https://kb.example/a/b/c',
      title: { value: '<b>A</b>' },
      summary: { value: 'x <i>y</i>' },
      contents: [{ value: '<img src="https://kb.example/a/b/i.png" />', base: 'https://kb.example/a/b/' }],
      authors: [{ name: 'Ada', email: 'ada@kb.example' }],
      language: 'de',
    });
  });
});

test('JSON Feed gives the same', () => {
  const feed = read(
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'News',
      items: [
        {
          id: 7,
          url: 'a',
          title: 'A',
          content_html: '<p onclick=x>a</p>',
          date_modified: '2026-01-01T00:00:00Z',
          tags: ['Windows', 3],
        },
        'nonsense',
        { id: null },
      ],
    }),
  );
  expect(feed?.entries).toHaveLength(2);
  expect(feed?.entries[0]).toMatchObject({
    id: '7',
    link: 'https://kb.example/feed/a',
    contents: [{ value: '<p>a</p>' }],
    updated: { atMs: Date.UTC(2026, 0, 1) },
    categories: [{ term: 'Windows' }],
  });
});

test.each([
  ['a page', '<!DOCTYPE html><html><body><p>No feed</p></body></html>'],
  ['JSON of another kind', '{"a": 1}'],
  ['broken JSON', '{"version": "https://jsonfeed.org/version/1", '],
  ['nothing', ''],
  ['text', 'just text'],
])('%s is no feed', (_, text) => {
  expect(read(text)).toBeNull();
});

test('whatever is read, nothing but a limit stops it', () => {
  const piece = fc.constantFrom(
    '<rss>',
    '<channel>',
    '<item>',
    '</item>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<entry>',
    '</entry>',
    '<title type="',
    'html">',
    'xhtml">',
    '</title>',
    '<link href="',
    '"/>',
    '<updated>',
    '2026-01-01',
    '</updated>',
    '<description>',
    '</description>',
    '<content mode="base64">',
    'PGI+',
    '<![CDATA[',
    ']]>',
    '&lt;',
    '&#x',
    '<rdf:RDF',
    ' xml:base="',
    ' xml:lang="',
    '<CHANNEL HREF="',
    '{',
    '"items":',
    '[',
    '\0',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 40 }), (pieces) => {
      try {
        read(pieces.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(XmlLimitError);
      }
    }),
    { numRuns: runs(2000) },
  );
});
