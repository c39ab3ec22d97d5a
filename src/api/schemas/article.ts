import { z } from '@hono/zod-openapi';
import type { Article, Revision } from '../../knowledge/article.ts';
import type { Source } from '../../knowledge/source.ts';
import type { Technology } from '../../knowledge/technology.ts';
import type { ApiLinks } from '../links.ts';
import { documentSchema, writeDocument } from './document.ts';
import { instantSchema, isoInstant } from './parameters.ts';

const articleShape = {
  id: z.int().openapi({ example: 12 }),
  link: z.url().openapi({
    description: 'Permanent link to the page that shows it.',
    example: 'https://kb.example.org/a/12',
  }),
  title: z.string().openapi({ example: 'Windows Update fails with 0x80070002' }),
  externalIds: z
    .array(z.string())
    .openapi({ description: 'What the vendor calls it.', example: ['KB910336'] }),
  source: z.string().openapi({ description: 'Name of its source.', example: 'starter' }),
  key: z.string().openapi({
    description: 'What identifies it within its source.',
    example: 'windows/windows-update-0x80070002.md',
  }),
  original: z.string().nullable().openapi({ description: 'Where the vendor shows it.' }),
  state: z.enum(['active', 'retired']),
  retiredBecause: z.string().nullable(),
  revision: z.int().openapi({ description: 'Number of the newest revision.', example: 3 }),
  createdAt: instantSchema,
  changedAt: instantSchema,
};

export const articleSchema = z.object(articleShape).openapi('Article');

export const technologyNameSchema = z
  .object({ slug: z.string().openapi({ example: 'windows-update' }), name: z.string() })
  .openapi('TechnologyName');

export const wholeArticleSchema = z
  .object({
    ...articleShape,
    technologies: z.array(technologyNameSchema),
    licence: z.string(),
    attribution: z.string().openapi({ description: 'To be shown wherever the text is.' }),
    document: documentSchema,
  })
  .openapi('WholeArticle', { description: 'An article with what its newest revision says.' });

export function writeArticle(
  article: Article,
  { links, sources }: { readonly links: ApiLinks; readonly sources: ReadonlyMap<number, Source> },
): z.infer<typeof articleSchema> {
  return {
    id: article.id,
    link: links.article(article.id),
    title: article.title,
    externalIds: [...article.externalIds],
    source: sources.get(article.sourceId)?.name ?? '',
    key: article.key,
    original: article.url,
    state: article.state,
    retiredBecause: article.retiredBecause,
    revision: article.revision,
    createdAt: isoInstant(article.createdAt),
    changedAt: isoInstant(article.changedAt),
  };
}

export function writeTechnologyName({ slug, name }: Technology): z.infer<typeof technologyNameSchema> {
  return { slug, name };
}

export function writeWholeArticle(
  article: Article,
  revision: Revision,
  technologies: readonly Technology[],
  names: { readonly links: ApiLinks; readonly sources: ReadonlyMap<number, Source> },
): z.infer<typeof wholeArticleSchema> {
  const source = names.sources.get(article.sourceId);
  return {
    ...writeArticle(article, names),
    technologies: technologies.map(writeTechnologyName),
    licence: source?.licence ?? '',
    attribution: source?.attribution ?? '',
    document: writeDocument(revision.document),
  };
}
