import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ArticleDraft } from '../../src/knowledge/article.ts';
import type { SectionKind } from '../../src/knowledge/document.ts';
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import { createDocumentReader } from '../../src/knowledge/reading/create-document-reader.ts';
import { readDocument } from '../../src/knowledge/reading/read-document.ts';
import { renderHtml } from '../../src/knowledge/reading/render-html.ts';
import { createGitReader } from '../../src/sources/git/create-git-reader.ts';
import { requireData } from './data.ts';

const folder = mkdtempSync(join(tmpdir(), 'kbalertz-corpus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readLatest(bundle: string): Promise<readonly ArticleDraft[]> {
  const reader = createGitReader({
    cacheFolder: folder,
    isLocalPathAllowed: () => true,
    clock: { now: () => asId<Instant>(0) },
  });
  const source = {
    id: asId<never>(1),
    name: 'office',
    title: '',
    kind: 'git' as const,
    url: bundle,
    settings: {},
    schedule: '',
    licence: '',
    attribution: '',
    state: 'active' as const,
    createdAt: asId<Instant>(0),
  };
  const signal = AbortSignal.timeout(120_000);
  for await (const { drafts } of reader.readSnapshots({
    source,
    cursor: null,
    asOf: null,
    depth: 'latest',
    signal,
  }))
    return drafts;
  return [];
}

test('a real knowledge base is read with its facts and sections', async (context) => {
  const drafts = await readLatest(requireData('office-kb.bundle', context));
  const documents = drafts.map(({ key, published }) => readDocument(published, key));
  const share = (isSo: (document: (typeof documents)[number]) => boolean) =>
    documents.filter(isSo).length / documents.length;
  const has = (kind: SectionKind) => (document: (typeof documents)[number]) =>
    document.sections.some((section) => section.kind === kind);

  expect(share(({ appliesTo }) => appliesTo.length > 0)).toBeGreaterThan(0.98);
  expect(share(({ vendorDate }) => vendorDate !== null)).toBeGreaterThan(0.98);
  expect(share(({ description }) => description !== null)).toBeGreaterThan(0.95);
  expect(share(({ externalIds }) => externalIds.length > 0)).toBeGreaterThan(0.3);
  expect(share(has('symptoms'))).toBeGreaterThan(0.6);
  expect(share(has('cause'))).toBeGreaterThan(0.45);
  expect(share((document) => has('resolution')(document) || has('workaround')(document))).toBeGreaterThan(
    0.7,
  );
  const kinds = documents.flatMap(({ sections }) => sections.map(({ kind }) => kind));
  expect(kinds.filter((kind) => kind === 'other').length / kinds.length).toBeLessThan(0.15);
  // What could not be read is an include that the repository's excerpt lacks, or front matter that is broken.
  expect(
    documents
      .flatMap(({ warnings }) => warnings)
      .filter((warning) => !/^include |^front matter /.test(warning)),
  ).toEqual([]);

  const texts = documents.flatMap(({ sections }) =>
    sections.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind !== 'code').map(({ text }) => text)),
  );
  expect(texts.filter((text) => /\[!(?:NOTE|INCLUDE|IMPORTANT)|:::image|&nbsp;/.test(text))).toEqual([]);
  expect(texts.filter((text) => /\*\*\S[^*]*\S\*\*/.test(text)).length / texts.length).toBeLessThan(0.001);

  const read = createDocumentReader({ maxCharacters: 5_000_000 });
  for (const [index, { key, published }] of drafts.entries())
    expect(read(published, key)).toEqual(documents[index]);
});

test('pages of a real knowledge base are what they were before links had a step of their own', async (context) => {
  const drafts = await readLatest(requireData('office-kb.bundle', context));
  const made = drafts
    .filter((_, index) => index % 5 === 0)
    .map(({ key, published }) =>
      renderHtml(published, {
        key,
        resolveLink: (href) => (href.length % 3 === 0 ? null : /^https?:/.test(href) ? href : `/a/${href}`),
        resolveImage: (src) => (src.length % 2 === 0 ? { src: `/i/${src}`, width: 9, height: 9.5 } : null),
      }),
    );
  // Renew it when articles are meant to look different.
  expect(hash('sha256', JSON.stringify(made)).slice(0, 16)).toBe('6873e3618344f958');
});

test('pages of a real knowledge base have the anchors of their documents', async (context) => {
  const drafts = await readLatest(requireData('office-kb.bundle', context));
  const options = { resolveLink: (href: string) => href, resolveImage: () => null };
  const harm = /<(?:script|iframe|style)|<[^>]+\son\w+=|<[^>]+javascript:/i;
  const wrong: string[] = [];
  for (const { key, published } of drafts) {
    const { html, headings } = renderHtml(published, { ...options, key });
    const anchors = readDocument(published, key)
      .sections.filter(({ heading }) => heading !== '')
      .map(({ anchor }) => anchor);
    const isWhole = anchors.every((anchor) => html.includes(`id="${anchor}"`));
    const isNamed = headings.map(({ anchor }) => anchor).join() === anchors.join();
    if (!isWhole || !isNamed || harm.test(html)) wrong.push(key);
  }
  expect(wrong).toEqual([]);
});
