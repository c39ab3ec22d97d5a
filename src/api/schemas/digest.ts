import { z } from '@hono/zod-openapi';
import type { PastDigest } from '../../alerts/alert-history.ts';
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
  mail: z.string().nullable().openapi({ description: 'State of its mail.', example: 'accepted' }),
};

export const digestSchema = z.object(digestShape).openapi('Digest', {
  description: 'What the account got for one local date.',
});

export const wholeDigestSchema = z
  .object({ ...digestShape, told: z.array(changeSchema) })
  .openapi('WholeDigest');

export function writeDigest(digest: PastDigest): z.infer<typeof digestSchema> {
  return {
    date: digest.localDate,
    plannedAt: isoInstant(digest.plannedAt),
    changes: digest.changes,
    mail: digest.deliveryState,
  };
}
