import { expect, test } from 'vitest';
import type { SourceKind } from '../source.ts';
import { listImages } from './list-images.ts';

const list = (text: string, sourceKind: SourceKind = 'git', url: string | null = null) =>
  Object.fromEntries(
    listImages({ key: 'docs/mail/queue.md', url }, sourceKind, {
      format: sourceKind === 'pages' ? 'html' : 'markdown',
      text,
      includes: { 'docs/includes/note.md': '![inner](media/inner.png)' },
      facts: {},
    }),
  );

test('images of files are paths within the source, from the article on or from its root', () => {
  expect(list('![a](media/a.png) ![b](../../b.png "title") ![c](/media/c.png) <img src="~/d.png">')).toEqual({
    'media/a.png': { kind: 'file', address: 'docs/mail/media/a.png' },
    '../../b.png': { kind: 'file', address: 'b.png' },
    '/media/c.png': { kind: 'file', address: 'media/c.png' },
    '~/d.png': { kind: 'file', address: 'd.png' },
  });
});

test('an image of an included text is found where that text is', () => {
  expect(list('[!INCLUDE [note](../includes/note.md)]')).toEqual({
    '../includes/media/inner.png': { kind: 'file', address: 'docs/includes/media/inner.png' },
  });
});

test('images of pages are URLs, without a fragment', () => {
  expect(list('<main><p><img src="/a.png#x">', 'pages', 'https://kb.example/docs/one')).toEqual({
    '/a.png#x': { kind: 'web', address: 'https://kb.example/a.png' },
  });
});

test('a whole URL is on the web, wherever the article is', () => {
  expect(list('![a](https://cdn.example/a.png)')).toEqual({
    'https://cdn.example/a.png': { kind: 'web', address: 'https://cdn.example/a.png' },
  });
});

test('what leads out of the source or is no address is no image to keep', () => {
  const hostile = '![a](../../../etc/passwd) ![b](data:image/png;base64,AAAA) ![c](javascript:alert(1))';
  expect(list(`${hostile} ![d](file:///etc/passwd)`)).toEqual({});
  expect(list('<img src="file:///etc/passwd"><img src="relative.png">', 'pages')).toEqual({});
});

test('an article full of images has some kept', () => {
  const text = Array.from({ length: 1000 }, (_, index) => `![](m/${index}.png)`).join('\n\n');
  expect(Object.keys(list(text))).toHaveLength(300);
});
