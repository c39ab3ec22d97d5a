import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finishArticle } from './finish-article.ts';
import { prepareArticle } from './prepare-article.ts';
import { renderHtml } from './render-html.ts';

const options = {
  resolveLink: (href: string) => (href.includes('gone') ? null : `/to/${href}`),
  resolveImage: (src: string) => (src.startsWith('own') ? { src: `/images/${src}`, width: 10 } : null),
};
const published = (text: string, format: 'markdown' | 'html' = 'markdown') =>
  ({ format, text, includes: {}, facts: {} }) as const;

describe('a prepared article', () => {
  test('names where links lead and what images show, and says so in no address', () => {
    const text = '## A\n\n[b](b.md) [a](#a) [b](b.md) [![i](own.png)](c.md) ![j "k"](x.png)';
    expect(prepareArticle(published(text), 'k.md')).toEqual({
      headings: [{ level: 2, text: 'A', anchor: 's-a' }],
      html:
        '<h2 id="s-a">A</h2>\n<p><a data-link="0">b</a> <a href="#s-a">a</a> <a data-link="0">b</a> ' +
        '<a data-link="1"><img data-image="0" /></a> <img data-image="1" /></p>\n',
      links: ['b.md', 'c.md'],
      images: [
        { src: 'own.png', alt: 'i', isInsideLink: true },
        { src: 'x.png', alt: 'j "k"', isInsideLink: false },
      ],
    });
  });

  test('in HTML keeps the images of a heading without words, whether or not there is a copy', () => {
    const text = '<main><h2><img src="own.png" alt="x"></h2><h2>A <img src="y.png" alt="z"></h2></main>';
    const { html, headings } = prepareArticle(published(text, 'html'), '');
    expect(html).toBe('<img data-image="0" /><h2 id="s-a">A <img data-image="1" /></h2>');
    expect(headings.map(({ anchor }) => anchor)).toEqual(['s-a']);
  });
});

describe('marks for links and images', () => {
  const forgeries = [
    '<a data-link="0">x</a>',
    '<a data-link="0" href="gone">x</a>',
    '<img data-image="0" />',
    '<img data-image="0" src="gone">',
    '<p data-link="0" data-image="0">x</p>',
    '<span data-link=0>x</span>',
    '&lt;a data-link="0"&gt;x&lt;/a&gt;',
    '`<a data-link="0">`',
    '\\<img data-image="0" />',
    '![<a data-link="0">](own.png)',
    '[<img data-image="0" />](gone)',
    '<pre title=\'<a data-link="0">\'>x</pre>',
    '<a href=\'x"><img data-image="0" />\'>x</a>',
    '</a></a>',
    '<a href="#x"><a href="y">',
  ];
  const owns = /<(?:a data-link="|img data-image=")/;

  test.each(forgeries)('can’t be forged by %s', (text) => {
    for (const format of ['markdown', 'html'] as const) {
      const prepared = prepareArticle(published(text, format), '');
      const links = prepared.html.match(/<a data-link="\d+">/g) ?? [];
      expect(links.every((mark) => Number(/\d+/.exec(mark)?.[0]) < prepared.links.length)).toBe(true);
      expect(prepared.html.match(/<img data-image="\d+" \/>/g) ?? []).toHaveLength(prepared.images.length);
      expect(finishArticle(prepared, options).html).not.toMatch(owns);
    }
  });

  test('are all gone in the finished page, also of what was kept as JSON', () => {
    const fragment = fc.constantFrom(
      ...forgeries,
      '<a href="gone">',
      '<a href="b">',
      '</a>',
      '<h2>',
      '</h2>',
      '<p>',
      '</p>',
      '\n\n',
      '![i](own.png)',
      '[l](m.md "$1")',
      '$&',
    );
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 10 }),
        fc.constantFrom('markdown' as const, 'html' as const),
        (fragments, format) => {
          const text = published(fragments.join(''), format);
          const kept = JSON.parse(JSON.stringify(prepareArticle(text, 'k.md')));
          const finished = finishArticle(kept, options);
          expect(finished).toEqual(renderHtml(text, { ...options, key: 'k.md' }));
          expect(finished.html).not.toMatch(owns);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('where a link leads', () => {
  const finish = (target: string) =>
    renderHtml(published('[x](y)'), { resolveLink: () => target, resolveImage: () => null }).html;

  test('is escaped', () => {
    expect(finish('/a?b=1&c="><script>')).toBe(
      '<p><a href="/a?b=1&amp;c=&quot;&gt;&lt;script&gt;" rel="noreferrer nofollow">x</a></p>\n',
    );
  });

  test.each(['javascript:1', '//evil', '/\\evil', '/\t/evil', '/\n\\evil', ' https://x', 'data:x', ''])(
    'is nowhere for %j',
    (target) => expect(finish(target)).toBe('<p><span>x</span></p>\n'),
  );
});
