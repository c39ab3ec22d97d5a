import { hash } from 'node:crypto';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import type { TextFormat } from '../article.ts';
import { hostileTexts } from './hostile-texts.fixture.ts';
import { readDocument } from './read-document.ts';
import { renderHtml } from './render-html.ts';

const options = {
  resolveLink: (href: string) =>
    href.includes('gone') ? null : /^https?:/.test(href) ? href : `/articles/${href}`,
  resolveImage: (src: string) =>
    src.startsWith('own') ? { src: `/images/${src}`, width: 10, height: 20.4 } : null,
};

function render(text: string, format: TextFormat = 'markdown', includes: Record<string, string> = {}) {
  return renderHtml({ format, text, includes, facts: {} }, { ...options, key: 'a/b.md' });
}

const flat = (html: string) => html.replace(/>\s+</g, '><').trim();

describe('an article', () => {
  test('has the anchors of the document, and leaves its own heading to the page', () => {
    const text =
      '# Title\n\nintro\n\n## Cause\n\n#### Too deep\n\n> ### Quoted\n\n## Cause\n\n[up](#cause-1) [no](#nothing)';
    const { html, headings } = render(text);
    expect(headings).toEqual([
      { level: 2, text: 'Cause', anchor: 's-cause' },
      { level: 3, text: 'Too deep', anchor: 's-too-deep' },
      { level: 2, text: 'Cause', anchor: 's-cause-1' },
    ]);
    const anchors = readDocument({ format: 'markdown', text, includes: {}, facts: {} }, 'a').sections.map(
      (s) => s.anchor,
    );
    expect(anchors).toEqual(['s-intro', ...headings.map(({ anchor }) => anchor)]);
    expect(flat(html)).toBe(
      '<p>intro</p><h2 id="s-cause">Cause</h2><h3 id="s-too-deep">Too deep</h3>' +
        '<blockquote><p class="inner-heading">Quoted</p></blockquote><h2 id="s-cause-1">Cause</h2>' +
        '<p><a href="#s-cause-1">up</a><span>no</span></p>',
    );
  });

  test('has links that tell nobody where the reader came from', () => {
    expect(flat(render('[a](c.md) [b](https://x.y/?a=1&b=2) [c](gone.md) https://z.y').html)).toBe(
      '<p><a href="/articles/c.md" rel="noreferrer nofollow">a</a><a href="https://x.y/?a=1&amp;b=2" rel="noreferrer nofollow">b</a><span>c</span><a href="https://z.y" rel="noreferrer nofollow">https://z.y</a></p>',
    );
  });

  test('has alerts, tabs, tables and code as such', () => {
    const text =
      '> [!TIP]\n> Do.\n\n# [Mac](#tab/mac)\n\n|a|b|\n|-|:-:|\n|1|2|\n\n```cmd\ndir <x>\n```\n\nNone &nbsp;of `<these>` is <ServerName>.';
    expect(flat(render(text).html)).toBe(
      '<aside class="alert" data-kind="tip"><p class="alert-label">Tip</p><p>Do.</p></aside>' +
        '<p class="tab-label">Mac</p>' +
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr><th>a</th><th data-align="center">b</th></tr></thead>' +
        '<tbody><tr><td>1</td><td data-align="center">2</td></tr></tbody></table></div>' +
        '<pre tabindex="0"><code class="language-cmd">dir &lt;x&gt;\n</code></pre>' +
        '<p>None \u00a0of <code>&lt;these&gt;</code> is &lt;ServerName&gt;.</p>',
    );
  });

  test('shows own copies of images, and leads to the original of others', () => {
    const text =
      '![One](own/1.png)\n\n:::image source="m/2.png" alt-text="Two":::\n\n[![Three](3.png)](https://x.y)\n\n![](gone.png)';
    expect(flat(render(text).html)).toBe(
      '<p><img src="/images/own/1.png" alt="One" width="10" height="20" loading="lazy" decoding="async" /></p>' +
        '<p><a href="/articles/m/2.png" rel="noreferrer nofollow" class="image-placeholder">Image: Two</a></p>' +
        '<p><a href="https://x.y" rel="noreferrer nofollow"><span class="image-placeholder">Image: Three</span></a></p>' +
        '<p><span class="image-placeholder">Image</span></p>',
    );
  });

  test('has its includes, with links that work from where it stands', () => {
    const includes = { 'i/n.md': '> [!NOTE]\n> See [x](x.md).' };
    expect(flat(render('[!INCLUDE [n](../i/n.md)]', 'markdown', includes).html)).toBe(
      '<aside class="alert" data-kind="note"><p class="alert-label">Note</p><p>See <a href="/articles/../i/x.md" rel="noreferrer nofollow">x</a>.</p></aside>',
    );
  });

  test('in HTML has the same anchors as its document', () => {
    const text =
      '<main><h1>T</h1><h2 id="x" onclick="y">Cause <b>&amp; more</b></h2><p style="color:red">a</p><h3>Cause</h3></main>';
    const { html, headings } = render(text, 'html');
    expect(flat(html)).toBe(
      '<h2 id="s-cause-more">Cause <strong>&amp; more</strong></h2><p>a</p><h3 id="s-cause">Cause</h3>',
    );
    const sections = readDocument({ format: 'html', text, includes: {}, facts: {} }, 'a').sections;
    expect(sections.map(({ anchor }) => anchor)).toEqual(headings.map(({ anchor }) => anchor));
  });

  test('in plain text is escaped', () => {
    expect(flat(render('Intro <b>\n\nSYMPTOMS\n\n1. a & b', 'text').html)).toBe(
      '<h2 id="s-symptoms">SYMPTOMS</h2><ol start="1"><li>a &amp; b</li></ol>',
    );
  });
});

/** What a browser would find in the HTML that an article must never have. */
function findHarm(html: string): string[] {
  const harm: string[] = [];
  const elements =
    /^(p|br|hr|a|strong|em|u|s|del|ins|sub|sup|code|kbd|samp|pre|blockquote|aside|ul|ol|li|dl|dt|dd|h[2-6]|table|caption|thead|tbody|tfoot|tr|th|td|img|figure|figcaption|details|summary|div|span)$/;
  const attributes =
    /^(href|rel|class|src|alt|width|height|loading|decoding|data-kind|start|colspan|rowspan|data-align|scope|tabindex|role|aria-label|id|title)$/;
  const parser = new Parser({
    onopentag(name, found) {
      if (!elements.test(name)) harm.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(found)) {
        if (!attributes.test(attribute)) harm.push(`${name} ${attribute}`);
        if (['href', 'src'].includes(attribute) && !/^(https?:\/\/|mailto:|\/(?![/\\])|#)/.test(value))
          harm.push(`${attribute}=${value}`);
        if (attribute === 'id' && !value.startsWith('s-')) harm.push(`id=${value}`);
      }
    },
    oncomment: (text) => harm.push(`<!--${text}`),
    onprocessinginstruction: (_name, text) => harm.push(`<${text}`),
  });
  parser.end(html);
  return harm;
}

describe('harm', () => {
  const payloads = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&colon;alert(1))',
    '[x](<data:text/html;base64,PHN2Zz4=>)',
    '![x](javascript:alert(1))',
    '![x](x"onerror="alert(1))',
    '<iframe src="https://x.y"></iframe>',
    '<object data=x></object>',
    '<embed src=x>',
    '<form action=x><input autofocus onfocus=alert(1)><button>x</button></form>',
    '<style>*{background:url(x)}</style>',
    '<p style="position:fixed">x</p>',
    '<link rel=stylesheet href=x>',
    '<meta http-equiv=refresh content="0;url=x">',
    '<base href="//evil">',
    '<div id="content" name="x">x</div>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<template><script>1</script></template>',
    '<textarea><script>1</script>',
    '<xmp><script>alert(1)</script></xmp>',
    '<details ontoggle=alert(1) open>',
    '<!--><script>alert(1)</script-->',
    '<![CDATA[<script>1</script>]]>',
    '<?php echo 1 ?>',
    '<a href="//evil.example">x</a>',
    '<a href="/\\evil.example">x</a>',
    '<img srcset="x 1x" src="//evil">',
    '<h2 id="s-x"><h2 id="s-x">',
    '<a href="https://x.y" target=_blank ping=//evil download>x</a>',
    ':::image source="javascript:1" alt-text="<script>":::',
    '```"><script>\nx\n```',
    '> [!NOTE"onx=1]\n> x',
    '> [!IMPORTANT]\n> <script>1</script>',
    '|<script>|\n|-|\n|<img onerror=1>|',
    '[!VIDEO javascript:alert(1)]',
    '> [!VIDEO "><script>]',
    '<b',
    '<b <script>alert(1)</script>',
    '</p><script>',
    '&lt;script&gt;',
    '\\<script>alert(1)</script>',
    '`<script>`',
    '<svg/onload=alert(1)//',
    '<x:script xmlns:x="x">1</x:script>',
  ];

  test.each(payloads)('%s does none', (payload) => {
    for (const format of ['markdown', 'html', 'text'] as const) {
      const permissive = { resolveLink: (href: string) => href, resolveImage: (src: string) => ({ src }) };
      for (const resolvers of [options, permissive]) {
        const { html } = renderHtml({ format, text: payload, includes: {}, facts: {} }, resolvers);
        expect(findHarm(html)).toEqual([]);
      }
    }
  });

  test('and what is made of all of them is what was made before links had a step of their own', () => {
    // Renew it when articles are meant to look different.
    const made = (['markdown', 'html', 'text'] as const).flatMap((format) =>
      payloads.map((text) => render(text, format)),
    );
    expect(hash('sha256', JSON.stringify(made)).slice(0, 16)).toBe('45775276ebc1ac44');
  });

  test('comes from no mixture of them', () => {
    const fragment = fc.oneof(
      fc.constantFrom(...payloads),
      fc.constantFrom(
        '\n\n',
        '\n',
        '> ',
        '- ',
        '    ',
        '<div>',
        '</div>',
        '<p>',
        '<!--',
        '-->',
        '"',
        "'",
        '`',
        '**',
        '](',
        '<',
        '>',
        '&#x3c;',
        '\u0000',
      ),
      fc.tuple(fc.constantFrom(...payloads), fc.nat(60)).map(([payload, length]) => payload.slice(0, length)),
    );
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 12 }),
        fc.constantFrom('markdown' as const, 'html' as const),
        (fragments, format) => {
          const { html } = renderHtml(
            { format, text: fragments.join(''), includes: {}, facts: {} },
            { resolveLink: (href) => href, resolveImage: (src) => ({ src }) },
          );
          expect(findHarm(html)).toEqual([]);
        },
      ),
      { numRuns: runs(1500) },
    );
  });

  test.each(hostileTexts)('%s: none, and in linear time', (_name, text) => {
    const started = performance.now();
    for (const format of ['markdown', 'html', 'text'] as const) {
      expect(findHarm(render(text, format).html)).toEqual([]);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
