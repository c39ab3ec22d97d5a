import { z } from '@hono/zod-openapi';

const numberOf = (text: string) => Number(text);

/** A number that names something, in a path or query. */
export function idParameter(of: string, example = 1) {
  return z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'a whole number from 1 on')
    .transform(numberOf)
    .openapi({ type: 'integer', minimum: 1, maximum: 999_999_999_999_999, description: of, example });
}

/** How many items a page has at most. */
export function limitParameter(max: number, usual: number) {
  return z
    .string()
    .regex(/^[1-9]\d{0,4}$/, `a whole number from 1 to ${max}`)
    .transform(numberOf)
    .refine((limit) => limit <= max, `a whole number from 1 to ${max}`)
    .optional()
    .transform((limit) => limit ?? usual)
    .openapi({
      type: 'integer',
      minimum: 1,
      maximum: max,
      default: usual,
      description: 'How many items the page has at most.',
      example: usual,
    });
}

/** An instant in ISO 8601 with its offset → milliseconds. */
export function instantParameter(description: string) {
  return z.iso
    .datetime({ offset: true, error: 'an instant such as 2026-03-01T06:00:00Z' })
    .transform((text) => Date.parse(text))
    .openapi({ type: 'string', format: 'date-time', description, example: '2026-03-01T06:00:00Z' });
}

/** Short names in small letters, as technologies, sources and remedies have. */
export function nameParameter(description: string, example: string) {
  return z
    .string()
    .regex(/^[a-z0-9-]{1,120}$/, 'small letters, digits and hyphens')
    .openapi({ description, example });
}

/** Milliseconds → ISO 8601, UTC. */
export function isoInstant(instant: number): string {
  return new Date(instant).toISOString();
}

export const instantSchema = z.iso.datetime().openapi({ example: '2026-03-01T02:17:09.000Z' });
