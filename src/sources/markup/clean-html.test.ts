import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { cleanHtml } from './clean-html.ts';
import { decodeReferences } from './decode-references.ts';
import { injectionPayloads } from './injection-payloads.fixture.ts';

const clean = (html: string) =>
  cleanHtml(html, { resolveUrl: (url) => new URL(url, 'https://kb.example/a/').href });
const asXml = (html: string) => cleanHtml(html, { resolveUrl: null, isXml: true });

describe('markup', () => {
  test.each([
    [
      'keeps text, its elements and its references',
      '<p>a <b>b</b> &amp; &#38; &lt;</p>',
      '<p>a <b>b</b> &amp; &#38; &lt;</p>',
    ],
    ['loses scripts and styles with what is in them', 'a<script>alert(1)</script><style>p{}</style>b', 'ab'],
    [
      'loses frames and objects and keeps what stands in their place',
      '<iframe src="x">in <b>stead</b></iframe><object>o</object>',
      'in <b>stead</b>o',
    ],
    [
      'loses handlers and keeps the rest of the element',
      '<img src="/i.png" onerror="x()" alt="i">',
      '<img alt="i" src="https://kb.example/i.png" />',
    ],
    [
      'makes addresses absolute',
      '<a href="../b?c=1&amp;d=2">b</a>',
      '<a href="https://kb.example/b?c=1&amp;d=2">b</a>',
    ],
    [
      'loses addresses that run something',
      '<a href=" java\nscript:alert(1)">a</a><a href="&#106;avascript:x">b</a>',
      '<a>a</a><a>b</a>',
    ],
    [
      'keeps harmless styles and no others',
      '<p style="color: red; position: fixed; width: expression(alert(1))">a</p>',
      '<p>a</p>',
    ],
    ['loses comments, also unclosed ones', 'a<!-- b -->c<!-- d <b>e</b>', 'ace'],
    ['escapes what only looks like a tag', '1 < 2 and <3', '1 &lt; 2 and &lt;3'],
    [
      'keeps drawings without what moves in them',
      '<svg><circle r="1" onload="x"/><animate attributeName="href" values="javascript:x"/></svg>',
      '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"></svg>',
    ],
  ])('%s', (_, html, expected) => {
    expect(clean(html)).toBe(expected);
  });

  test('in XML is closed as it was written', () => {
    expect(asXml('<p>a<br/><script>x</script><unknown>b</unknown></p>')).toBe('<p>a<br />b</p>');
  });
});

const forbidden =
  /^<\/?(script|iframe|object|embed|applet|style|link|meta|base|frame|frameset|template|foreignobject|animate|set|use|xmp|plaintext|noembed|noframes)\b/i;

/** What could run in a browser, in whichever way it would read the text. */
function findDanger(html: string): string | null {
  for (const tag of html.match(/<[^>]*>?/g) ?? []) {
    if (forbidden.test(tag)) return tag;
    if (!/^<\/?[a-z][\w:-]*(?: [\w:-]+="[^"<>]*")*(?: \/)?>$/i.test(tag)) return tag;
    for (const [, name = '', value = ''] of tag.matchAll(/ ([\w:-]+)="([^"]*)"/g)) {
      if (/^(on\w+|srcdoc|formaction|is|http-equiv)$/i.test(name)) return tag;
      const isAddress = /^(href|src|action|data|background|xlink:href|poster|cite)$/i.test(name);
      if (
        isAddress &&
        /^(?:javascript|vbscript|data):/i.test(decodeReferences(value).replace(/[\s\p{C}]/gu, ''))
      )
        return tag;
    }
  }
  return null;
}

describe('an injection', () => {
  test.each(injectionPayloads)('leaves nothing that runs: %s', (payload) => {
    for (const html of [
      payload,
      `<p title="${payload}">`,
      `<noscript>${payload}</noscript>`,
      `<svg>${payload}</svg>`,
      `<textarea>${payload}`,
    ]) {
      expect(findDanger(clean(html))).toBeNull();
      expect(findDanger(asXml(html))).toBeNull();
    }
  });

  test('put together from any pieces leaves nothing that runs', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'< > " \' / = & ; : ` <!-- --> <![CDATA[ ]]> &lt; &#60; &#x3c; javascript: data: onload= onerror=x src= href= style= xlink:href='.split(
          ' ',
        ),
      ),
      fc.constantFrom(
        '<script',
        '</script>',
        '<svg',
        '<math',
        '<style>',
        '<noscript>',
        '<textarea>',
        '<title>',
        '<iframe',
        '<select>',
        '<xmp>',
        '<a ',
        '<img ',
        '<p>',
        '</p>',
        '<table>',
        '<annotation-xml encoding="text/html">',
        '<mglyph>',
        '<desc>',
        '<foreignObject>',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.boolean(), (pieces, isXml) => {
        const html = pieces.join('');
        expect(findDanger(isXml ? asXml(html) : clean(html))).toBeNull();
      }),
      { numRuns: runs(3000) },
    );
  });

  test('is not made by cleaning twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...injectionPayloads), fc.string({ maxLength: 10 }), (payload, rest) => {
        expect(findDanger(clean(clean(payload + rest)))).toBeNull();
      }),
    );
  });
});

test('cleaning is linear: deep, wide and broken markup take moments', () => {
  const startedAt = performance.now();
  for (const html of [
    '<div>'.repeat(50_000),
    '<iframe>'.repeat(50_000),
    '<!--'.repeat(50_000),
    '<a b='.repeat(50_000),
    `<p style="${'a:b;'.repeat(50_000)}">`,
    '&'.repeat(200_000),
    '<svg><'.repeat(50_000),
  ]) {
    clean(html);
  }
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
