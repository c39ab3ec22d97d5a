import { expect, test } from 'vitest';
import { readRobots } from './robots-rules.ts';

const url = 'https://kb.example/robots.txt';
const allows = (text: string, path: string) => readRobots(url, text).allows(`https://kb.example${path}`);

test('the longest rule wins, and an asterisk stands for anything', () => {
  const text = 'User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /*.pdf$\n';
  expect(allows(text, '/a/c')).toBe(false);
  expect(allows(text, '/a/b/c')).toBe(true);
  expect(allows(text, '/x/y.pdf')).toBe(false);
  expect(allows(text, '/x/y.pdf?z')).toBe(true);
});

test('everything is allowed by an empty file, by one that is no robots.txt, and by rules for others', () => {
  expect(allows('', '/a')).toBe(true);
  expect(allows('<html><body>Not found</body></html>', '/a')).toBe(true);
  expect(allows('User-agent: otherbot\nDisallow: /', '/a')).toBe(true);
});

test('a delay is read in seconds and nonsense is none', () => {
  expect(readRobots(url, 'User-agent: *\nCrawl-delay: 2.5').crawlDelayMs).toBe(2500);
  expect(readRobots(url, 'User-agent: *\nCrawl-delay: soon').crawlDelayMs).toBeNull();
  expect(readRobots(url, 'User-agent: *\nCrawl-delay: -1').crawlDelayMs).toBeNull();
});

test('rules full of asterisks cost a moment only, and forbid rather more than less', () => {
  const rules = Array.from({ length: 20_000 }, (_, n) => `Disallow: /forbidden${n}*a*a*a*a*a*a*a*a*a*b`);
  const text = `User-agent: *\n${rules.join('\n')}\n`;
  const robots = readRobots(url, text);
  const startedAt = performance.now();
  expect(robots.allows(`https://kb.example/${'a'.repeat(2000)}`)).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(1000);
  // Far down the file the rule counts up to its first asterisk.
  expect(robots.allows('https://kb.example/forbidden9000/page')).toBe(false);
});
