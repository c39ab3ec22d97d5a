import { z } from '@hono/zod-openapi';
import { maxNameLength, maxTextLength } from '../../community/community.ts';
import { type Feedback, outcomes } from '../../community/feedback.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { instantSchema, isoInstant } from './parameters.ts';

export const feedbackSchema = z
  .object({
    id: z.int(),
    article: z.int(),
    revision: z.int().openapi({ description: 'Of the article when it was written; 0: an earlier one.' }),
    author: z.string().openapi({ description: 'Empty: an anonymous user.' }),
    outcome: z.enum(outcomes).nullable().openapi({ description: 'Whether the fix worked.' }),
    didHarm: z.boolean().openapi({ description: 'It made things worse, and warns others.' }),
    technology: z.string().nullable().openapi({ description: 'Slug.', example: 'windows' }),
    version: z.string(),
    text: z.string().openapi({ description: 'Plain text of a reader’s: quote it, never run it.' }),
    isFolded: z.boolean().openapi({ description: 'Readers found it irrelevant.' }),
    helped: z.int().openapi({ description: 'How many readers it helped.' }),
    writtenAt: instantSchema,
  })
  .openapi('Feedback', { description: 'What a reader said below an article.' });

export const newFeedbackSchema = z
  .strictObject({
    outcome: z.enum(outcomes),
    text: z.string().max(maxTextLength).default('').openapi({ example: 'Worked after a restart.' }),
    author: z.string().max(maxNameLength).default('').openapi({ description: 'As you want to be called.' }),
    didHarm: z.boolean().default(false),
    version: z.string().max(maxNameLength).default('').openapi({ example: '22H2' }),
    technology: z
      .string()
      .regex(/^[a-z0-9-]{1,120}$/, 'small letters, digits and hyphens')
      .optional()
      .openapi({ description: 'Slug of one that the article is about.', example: 'windows-update' }),
    revision: z.int().min(1).max(1_000_000).optional().openapi({
      description: 'The revision that you followed; the newest one unless given.',
      example: 1,
    }),
  })
  .openapi('NewFeedback');

export function writeFeedback(
  feedback: Feedback,
  technologies: ReadonlyMap<number, Technology>,
): z.infer<typeof feedbackSchema> {
  const { technologyId } = feedback;
  return {
    id: feedback.id,
    article: feedback.articleId,
    revision: feedback.revision,
    author: feedback.authorName,
    outcome: feedback.outcome,
    didHarm: feedback.didHarm,
    technology: technologyId === null ? null : (technologies.get(technologyId)?.slug ?? null),
    version: feedback.version,
    text: feedback.body,
    isFolded: feedback.state === 'folded',
    helped: feedback.helped,
    writtenAt: isoInstant(feedback.writtenAt),
  };
}
