import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';
import { loadGuide } from './guide.ts';

const root = join(import.meta.dirname, '../../..');
const guide = loadGuide();

describe('the guide', () => {
  test('shows every file of docs/guide as a page, in the order of its first page', async () => {
    const names = guide.pages.map((page) => page.name);
    const first = readFileSync(join(root, 'docs/guide/README.md'), 'utf8');
    const listed = [...first.matchAll(/^- \[[^\]]+\]\((\w[\w-]*)\.md\)/gm)].map((match) => match[1]);
    expect(listed.length).toBeGreaterThan(5);
    expect(names.slice(0, listed.length)).toEqual(listed);
    expect(names).toContain('glossary');
    for (const file of globSync('*.md', { cwd: join(root, 'docs/guide') })) {
      if (file !== 'README.md') expect(names).toContain(file.replace('.md', ''));
    }
  });

  test('names its pages on the first one', async () => {
    const { get } = await createSiteWorld();
    const first = await (await get('/help')).text();
    for (const { name } of guide.pages) expect(first).toContain(`href="/help/${name}"`);
  });

  test('has no link that leads nowhere', async () => {
    const { get } = await createSiteWorld();
    for (const page of [guide.index, ...guide.pages]) {
      const anchors = page.body.headings.map((heading) => `#${heading.anchor}`);
      for (const [, href = ''] of page.body.html.matchAll(/href="([^"]+)"/g)) {
        if (href.startsWith('#')) expect(anchors, page.name).toContain(href);
        if (href.startsWith('/')) expect((await get(href)).status, `${page.name}: ${href}`).toBe(200);
      }
    }
  });

  test('names no file of the program that is not there', () => {
    const missing = globSync('docs/**/*.md', { cwd: root }).flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, to]) => to ?? '');
      return links.filter((to) => !existsSync(join(root, dirname(file), to))).map((to) => `${file}: ${to}`);
    });
    expect(missing).toEqual([]);
  });

  test('answers for what it has, and for nothing else', async () => {
    const { get } = await createSiteWorld();
    const page = await (await get('/help/readers')).text();
    expect(page).toContain('<h1>For readers</h1>');
    expect(page).toContain('aria-current="page"');
    const image = await get('/help/images/home.png');
    expect(image.headers.get('content-type')).toBe('image/png');
    for (const path of ['/help/nothing', '/help/..%2f..%2fpackage', '/help/images/..%2f..%2fpackage.json'])
      expect((await get(path)).status).toBe(404);
  });
});
