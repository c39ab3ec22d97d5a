import { expect, test } from 'vitest';
import { createPathPatterns } from './path-patterns.ts';

test.each([
  [[], [], '/a', true],
  [['/kb/'], [], '/kb/a', true],
  [['kb'], [], '/kb/a', true],
  [['/kb/'], [], '/news/a', false],
  [['/kb/*/en'], [], '/kb/1/en/x', true],
  [['/kb/*/en$'], [], '/kb/1/en/x', false],
  [['*.html$'], [], '/a/b.html', true],
  [['*.html$'], [], '/a/b.html?c', false],
  [['/a$'], [], '/a', true],
  [['/a$'], [], '/ab', false],
  [['/aXa*Xa$'], [], '/aXa', false],
  [[], ['/kb/old*'], '/kb/older', false],
  [['/kb'], ['*print*'], '/kb/1/print', false],
])('taking %j and leaving %j, %s is wanted: %s', (include, exclude, path, isWanted) => {
  expect(createPathPatterns({ include, exclude })(path)).toBe(isWanted);
});
