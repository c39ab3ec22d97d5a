import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { readPage, readTextPage } from './read-page.ts';

const url = 'https://kb.example/articles/1';
const read = (html: string, options = {}) => {
  const page = readPage(html, url, { content: null, ...options });
  if ('because' in page) throw new Error(page.because);
  return page;
};
const filler =
  '<p>The update fails when the service is stopped. Start it, then try again; it works after that.</p>';

describe('the main content', () => {
  test.each([
    ['main', `<nav>menu</nav><main><h1>T</h1>${filler}</main><footer>foot</footer>`],
    [
      'an article',
      `<div class="menu"><a href="/">menu</a></div><article><h1>T</h1>${filler}${filler}</article><aside>foot</aside>`,
    ],
    [
      'a place named so',
      `<div id="nav">menu</div><div id="content"><h1>T</h1>${filler}${filler}</div><div>foot</div>`,
    ],
    [
      'where the text is',
      `<div><ul><li><a href="/a">menu</a></li><li><a href="/b">foot</a></li></ul></div><div class="x7"><div class="y9"><h1>T</h1>${filler.repeat(5)}</div></div>`,
    ],
    [
      'a table',
      `<table><tr><td><a href="/">menu</a></td><td><h1>T</h1>${filler.repeat(4)}</td></tr></table><div>foot</div>`,
    ],
  ])('is found in %s', (_, body) => {
    const { published } = read(`<html><body>${body}</body></html>`);
    expect(published.text).toContain('The update fails');
    expect(published.text).not.toMatch(/menu|foot/);
    expect(published.facts.title).toBe('T');
  });

  test('is what the selector says, without what the other selector says', () => {
    const { published } = read(
      `<div class="a">${filler}<p class="ad">buy</p></div><div class="b">other</div>`,
      { content: '.a', remove: '.ad' },
    );
    expect(published.text).toBe(`<div>${filler}</div>`);
  });

  test('keeps what gives it meaning, and nothing that changes with the design of the site', () => {
    const { published } = read(
      `<main class="css-1x2y" data-nonce="abc"><h1 id="top" style="color:red">T</h1>${filler}<div class="alert note x9"><p>Careful</p></div><pre><code class="language-sh hljs">ls</code></pre><a href="/x" target="_blank" onclick="y()" rel="z">x</a><img src="i.png" alt="I" loading="lazy"></main>`,
    );
    expect(published.text).toBe(
      `<main><h1 id="top">T</h1>${filler}<div class="alert note"><p>Careful</p></div><pre><code class="language-sh">ls</code></pre><a href="https://kb.example/x">x</a><img alt="I" src="https://kb.example/articles/i.png" /></main>`,
    );
  });
});

describe('what a page says of itself', () => {
  test('is read from link, meta and JSON-LD', () => {
    const { canonical, published } = read(
      `<html lang="pt_BR"><head><title>W - Site</title><base href="https://kb.example/base/"><link rel="canonical" href="../1#x"><meta name="description" content="D">
       <meta property="og:title" content="O"><meta name="keywords" content="a, b">
       <script type="application/ld+json">{"@graph": [{"@type": "Article", "dateModified": "2026-01-02T03:04:05Z"}]}</script></head><body><main>${filler}${filler}</main></body></html>`,
    );
    expect(canonical).toBe('https://kb.example/1');
    expect(published.facts).toEqual({
      title: 'O',
      description: 'D',
      language: 'pt-BR',
      'vendor-date': '2026-01-02',
      keywords: 'a, b',
    });
  });

  test('that it wants no index is respected', () => {
    expect(
      readPage(`<head><meta name="robots" content="noindex, nofollow"></head><main>${filler}</main>`, url, {
        content: null,
      }),
    ).toEqual({ because: 'it asks not to be indexed' });
  });
});

test.each([
  ['nothing', '', null],
  ['no text', '<html><body><img src=x></body></html>', null],
  ['depth', '<div>'.repeat(100_000), null],
  ['number', '<p>'.repeat(300_000), null],
  ['a selector that finds nothing', '<p>x</p>', '.article'],
])('a page of %s is no article, and says why', (_, html, content) => {
  expect(readPage(html, url, { content })).toEqual({ because: expect.any(String) });
});

test('plain text that is no classic page is kept as it is', () => {
  expect(readTextPage('\r\nOne\r\ntwo\r\n')).toEqual({
    format: 'text',
    text: 'One\ntwo',
    includes: {},
    facts: {},
  });
});

test('whatever is read, nothing stops it', () => {
  const piece = fc.constantFrom(
    '<html>',
    '<body>',
    '<main>',
    '</main>',
    '<article>',
    '<div class="comments">',
    '</div>',
    '<p>',
    'text, more text. ',
    '<h1>',
    '</h1>',
    '<table><tr><td>',
    '<a href="',
    '">',
    '</a>',
    '<script type="application/ld+json">',
    '{"a":',
    '</script>',
    '<meta name="date" content="',
    '<link rel=canonical href="',
    'javascript:x',
    'Article ID: 123456 - Last Review: May 1, 2009 - Revision: 1.0',
    'Keywords: kbx',
    'APPLIES TO',
    '<ul><li>',
    '\0',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 50 }), (pieces) => {
      readPage(pieces.join(''), url, { content: null });
      readTextPage(pieces.join(''));
    }),
    { numRuns: runs(1500) },
  );
});
