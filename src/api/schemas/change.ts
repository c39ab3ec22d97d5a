import { z } from '@hono/zod-openapi';
import type { ChangeWithArticle } from '../../knowledge/archive.ts';
import { changeKinds, significances } from '../../knowledge/change.ts';
import { sectionKinds } from '../../knowledge/document.ts';
import type { Source } from '../../knowledge/source.ts';
import type { ApiLinks } from '../links.ts';
import { technologyNameSchema, writeTechnologyName } from './article.ts';
import { instantSchema, isoInstant } from './parameters.ts';

export const changeSchema = z
  .object({
    id: z.int().openapi({ description: 'Its number in the change log.', example: 4711 }),
    kind: z.enum(changeKinds),
    significance: z.enum(significances),
    article: z.object({
      id: z.int(),
      link: z.url(),
      title: z.string(),
      externalIds: z.array(z.string()),
    }),
    source: z.string().openapi({ example: 'starter' }),
    fromRevision: z.int().nullable(),
    toRevision: z.int(),
    link: z.url().openapi({
      description: 'Permanent link to the page that shows what differs, or else the article.',
    }),
    reasons: z
      .array(z.object({ code: z.string(), section: z.enum(sectionKinds).nullable(), sentence: z.string() }))
      .openapi({ description: 'Why it is judged so; `code` is stable, `sentence` is for people.' }),
    passage: z
      .object({ before: z.string(), after: z.string() })
      .nullable()
      .openapi({ description: 'The decisive passage of a revised article.' }),
    technologies: z.array(technologyNameSchema),
    bulkEdit: z.int().nullable().openapi({ description: 'Of the same edit in many articles its number.' }),
    alerts: z.boolean().openapi({ description: 'False in baselines and imported history.' }),
    occurredAt: instantSchema,
    recordedAt: instantSchema,
  })
  .openapi('Change', { description: 'One step of an article.' });

export const changePageSchema = z
  .object({
    items: z.array(changeSchema),
    next: z.string().openapi({
      description: 'What to send as `after` to get what comes behind this page, now or later.',
      example: '4711',
    }),
    hasMore: z.boolean().openapi({ description: 'More is there already.' }),
  })
  .openapi('ChangePage');

export function writeChange(
  change: ChangeWithArticle,
  { links, sources }: { readonly links: ApiLinks; readonly sources: ReadonlyMap<number, Source> },
): z.infer<typeof changeSchema> {
  const { article, fromRevision, toRevision } = change;
  const isCompared = fromRevision !== null && fromRevision !== toRevision;
  return {
    id: change.id,
    kind: change.kind,
    significance: change.significance,
    article: {
      id: article.id,
      link: links.article(article.id),
      title: article.title,
      externalIds: [...article.externalIds],
    },
    source: sources.get(change.sourceId)?.name ?? '',
    fromRevision,
    toRevision,
    link: isCompared
      ? links.difference(article.id, fromRevision, toRevision)
      : links.revision(article.id, toRevision),
    reasons: change.reasons.map(({ code, section, sentence }) => ({ code, section, sentence })),
    passage: change.passage === null ? null : { ...change.passage },
    technologies: change.technologies.map(writeTechnologyName),
    bulkEdit: change.bulkEditId,
    alerts: change.alerts,
    occurredAt: isoInstant(change.occurredAt),
    recordedAt: isoInstant(change.recordedAt),
  };
}
