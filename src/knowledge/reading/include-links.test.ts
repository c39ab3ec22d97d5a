import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findIncludeLinks, keepHarmlessLink, rebaseLink, resolveRepositoryPath } from './include-links.ts';

test('includes are found in every spelling, each once', () => {
  const text =
    '[!INCLUDE [a](../x.md)] [!include[b](~/y.md "title")] [!Include [c](<z.md>)] [!INCLUDE [a](../x.md)] [!NOTE]';
  expect(findIncludeLinks(text)).toEqual(['../x.md', '~/y.md', 'z.md']);
});

test.each([
  ['a/b/c.md', '../x.md', 'a/x.md'],
  ['a/b/c.md', './x.md', 'a/b/x.md'],
  ['a/b/c.md', 'x%20y.md#part', 'a/b/x y.md'],
  ['a/b/c.md', '~/i/x.md', 'i/x.md'],
  ['a/b/c.md', '/i/x.md', 'i/x.md'],
  ['a/b/c.md', '..\\x.md', 'a/x.md'],
  ['c.md', '../x.md', null],
  ['c.md', 'https://x.y/z.md', null],
  ['c.md', '#part', null],
])('in %s the link %s is %s', (from, link, path) => {
  expect(resolveRepositoryPath(from, link)).toBe(path);
});

test('a link of an include, written in the article, means the same file', () => {
  const folder = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 });
  const file = folder.map((folders) => [...folders, 'f.md'].join('/'));
  fc.assert(
    fc.property(
      file,
      file,
      fc.constantFrom('x.png', 'd/x.png', '../x.png', '../../e/x.png?v=1#p'),
      (from, base, link) => {
        fc.pre(resolveRepositoryPath(base, link) !== null);
        expect(resolveRepositoryPath(from, rebaseLink(from, base, link))).toBe(
          resolveRepositoryPath(base, link),
        );
      },
    ),
  );
  expect(rebaseLink('a/b.md', 'i/n.md', 'https://x.y')).toBe('https://x.y');
  expect(rebaseLink('a/b.md', 'i/n.md', '#part')).toBe('#part');
});

test('links that run something are dropped, however they are hidden', () => {
  const harmful = [
    'javascript:x',
    ' JavaScript:x',
    'java\nscript:x',
    '\u0001javascript:x',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc',
    'blob:x',
  ];
  expect(harmful.map(keepHarmlessLink)).toEqual(harmful.map(() => ''));
  const fine = ['https://x.y', 'mailto:a@b', 'a/b.md', '../c.md#d:e', '#f', '/g?h:i', ''];
  expect(fine.map(keepHarmlessLink)).toEqual(fine);
});
