import { z } from '@hono/zod-openapi';
import { type Subscription, thresholds } from '../../alerts/subscription.ts';
import type { Source } from '../../knowledge/source.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { instantSchema, isoInstant } from './parameters.ts';

const name = z.string().regex(/^[a-z0-9-]{1,120}$/, 'small letters, digits and hyphens');

/** What is followed, by the names that the rest of the API uses. */
export const followedSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('technology'),
      technology: name.openapi({ description: 'Slug of the technology; all below it is taken in.' }),
    }),
    z.strictObject({ kind: z.literal('article'), article: z.int().min(1).max(999_999_999_999_999) }),
    z.strictObject({ kind: z.literal('source'), source: name }),
    z.strictObject({
      kind: z.literal('search'),
      query: z.string().trim().min(1).max(500).openapi({ description: 'In the language of the search.' }),
    }),
  ])
  .openapi('Followed', { example: { kind: 'technology', technology: 'windows' } });

export const thresholdSchema = z.enum(thresholds).openapi({
  description: '`new`: new articles only; else the least significance that is told.',
  example: 'material',
});

export const subscriptionSchema = z
  .object({
    id: z.int(),
    followed: followedSchema,
    title: z.string().openapi({ description: 'Name of what is followed, or the query.' }),
    threshold: thresholdSchema,
    createdAt: instantSchema,
  })
  .openapi('Subscription', {
    description: 'What the account follows. It tells what happens after it was made.',
  });

export function writeSubscription(
  { id, followed, title, threshold, createdAt }: Subscription,
  known: {
    readonly sources: ReadonlyMap<number, Source>;
    readonly technologies: ReadonlyMap<number, Technology>;
  },
): z.infer<typeof subscriptionSchema> {
  const common = { id, title, threshold, createdAt: isoInstant(createdAt) };
  switch (followed.kind) {
    case 'technology': {
      const technology = known.technologies.get(followed.technologyId)?.slug ?? '';
      return { ...common, followed: { kind: 'technology', technology } };
    }
    case 'article':
      return { ...common, followed: { kind: 'article', article: followed.articleId } };
    case 'source': {
      const source = known.sources.get(followed.sourceId)?.name ?? '';
      return { ...common, followed: { kind: 'source', source } };
    }
    case 'search':
      return { ...common, followed: { kind: 'search', query: followed.query } };
  }
}
