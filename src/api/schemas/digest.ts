import { z } from '@hono/zod-openapi';
import type { PastDigest } from '../../alerts/alert-history.ts';
import { feedbackVerdicts, type ToldFeedback } from '../../alerts/told-feedback.ts';
import { changeSchema } from './change.ts';
import { instantSchema, isoInstant } from './parameters.ts';

const localDate = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date such as 2026-03-01');

export function localDateParameter(description: string) {
  return localDate.openapi({ description, example: '2026-03-01' });
}

const digestShape = {
  date: z.string().openapi({ description: 'Local date of the account.', example: '2026-03-01' }),
  plannedAt: instantSchema,
  changes: z.int().openapi({ description: 'How many it told.', example: 3 }),
  feedback: z.int().openapi({ description: 'How many readers’ feedback it told.', example: 1 }),
  mail: z.string().nullable().openapi({ description: 'State of its mail.', example: 'accepted' }),
};

export const digestSchema = z.object(digestShape).openapi('Digest', {
  description: 'What the account got for one local date.',
});

export const wholeDigestSchema = z
  .object({
    ...digestShape,
    told: z.array(changeSchema),
    said: z.array(
      z
        .object({
          id: z.int(),
          article: z.int(),
          title: z.string().openapi({ description: 'Of the article.' }),
          author: z.string().openapi({ description: 'Empty: an anonymous user.' }),
          outcome: z.enum(feedbackVerdicts).nullable(),
          didHarm: z.boolean(),
          text: z.string().openapi({ description: 'Plain text of a reader’s: quote it, never run it.' }),
        })
        .openapi('ToldFeedback', {
          description: 'What a reader said of an article that is followed with its readers’ feedback.',
        }),
    ),
  })
  .openapi('WholeDigest', { description: 'Without feedback that was put away since.' });

export function writeDigest(digest: PastDigest): z.infer<typeof digestSchema> {
  return {
    date: digest.localDate,
    plannedAt: isoInstant(digest.plannedAt),
    changes: digest.changes,
    feedback: digest.readers,
    mail: digest.deliveryState,
  };
}

export function writeToldFeedback(told: ToldFeedback) {
  const { id, articleId, articleTitle, authorName, outcome, didHarm, body } = told;
  return { id, article: articleId, title: articleTitle, author: authorName, outcome, didHarm, text: body };
}
