import { z } from '@hono/zod-openapi';
import type { Revision, RevisionFacts } from '../../knowledge/article.ts';
import type { ApiLinks } from '../links.ts';
import { documentSchema, writeDocument } from './document.ts';
import { instantSchema, isoInstant } from './parameters.ts';

const revisionShape = {
  article: z.int().openapi({ description: 'Number of the article.', example: 12 }),
  number: z.int().openapi({ description: '1, 2, 3 …', example: 3 }),
  link: z.url().openapi({
    description: 'Permanent link to the page that shows it.',
    example: 'https://kb.example.org/a/12/r/3',
  }),
  title: z.string(),
  capturedAt: instantSchema,
  vendorDate: z.string().nullable().openapi({
    description: 'The vendor’s own date of review.',
    example: '2026-02-27',
  }),
  vendorRevision: z.string().nullable(),
  contentHash: z.string().openapi({ description: 'SHA-256 of the published text, hexadecimal.' }),
};

export const revisionSchema = z
  .object(revisionShape)
  .openapi('Revision', { description: 'What an article said at one time. It never changes.' });

export const wholeRevisionSchema = z
  .object({ ...revisionShape, document: documentSchema })
  .openapi('WholeRevision');

export function writeRevision(facts: RevisionFacts, links: ApiLinks): z.infer<typeof revisionSchema> {
  return {
    article: facts.articleId,
    number: facts.number,
    link: links.revision(facts.articleId, facts.number),
    title: facts.title,
    capturedAt: isoInstant(facts.capturedAt),
    vendorDate: facts.vendorDate,
    vendorRevision: facts.vendorRevision,
    contentHash: facts.contentHash,
  };
}

export function writeWholeRevision(revision: Revision, links: ApiLinks): z.infer<typeof wholeRevisionSchema> {
  return { ...writeRevision(revision, links), document: writeDocument(revision.document) };
}
