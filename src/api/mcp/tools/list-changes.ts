import { z } from 'zod';
import type { ChangeWithArticle } from '../../../knowledge/archive.ts';
import { significances } from '../../../knowledge/change.ts';
import { asId } from '../../../knowledge/ids.ts';
import type { ApiLinks } from '../../links.ts';
import { quoteLine } from '../quote-vendor.ts';
import { defineTool, NothingToTell } from '../tool.ts';

export const listChangesTool = defineTool(
  {
    name: 'list_changes',
    title: 'What changed since',
    description:
      'Which articles are new, changed or retired since an instant, newest first, with the reasons why each matters and permanent links.',
    input: {
      since: z.iso.datetime({ offset: true }).describe('Such as 2026-03-01T06:00:00Z'),
      technology: z
        .string()
        .regex(/^[a-z0-9-]{1,120}$/)
        .optional()
        .describe('Slug of a technology, such as exchange-online; all below it is taken in'),
      significance: z.enum(significances).default('material').describe('From this significance on'),
      limit: z.int().min(1).max(100).default(30),
    },
  },
  ({ archive, links }) =>
    async ({ since, technology: slug, significance, limit }) => {
      const all = slug === undefined ? [] : await archive.listTechnologies();
      const technology = all.find((one) => one.slug === slug);
      if (slug !== undefined && technology === undefined) {
        throw new NothingToTell(`There is no technology “${slug}”.`);
      }
      const changes = await archive.listChanges({
        limit,
        occurredFrom: asId(Date.parse(since)),
        leastSignificance: significance,
        onlyAlerting: true,
        ...(technology !== undefined && { technologyId: technology.id }),
      });
      if (changes.length === 0) return `Nothing of at least ${significance} significance since ${since}.`;
      return changes.map((change) => describe(change, links)).join('\n');
    },
);

function describe(change: ChangeWithArticle, links: ApiLinks): string {
  const { article, kind, significance, occurredAt, fromRevision, toRevision, reasons } = change;
  const isCompared = fromRevision !== null && fromRevision !== toRevision;
  const link = isCompared
    ? links.difference(article.id, fromRevision, toRevision)
    : links.revision(article.id, toRevision);
  const why = reasons.map((reason) => reason.sentence).join(' ');
  return [
    `- ${new Date(occurredAt).toISOString()}, ${kind}, ${significance}: article ${article.id}, ${quoteLine(article.title)}`,
    ...(why === '' ? [] : [`  ${quoteLine(why)}`]),
    `  ${link}`,
  ].join('\n');
}
