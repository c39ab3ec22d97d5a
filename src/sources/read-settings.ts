import { z } from 'zod';
import { SourceError } from '../knowledge/source.ts';

/** A list, or on the command line words between commas. */
export const listSetting = z
  .union([z.string().transform((text) => text.split(',')), z.array(z.string())])
  .transform((items) => items.map((item) => item.trim()).filter((item) => item !== ''));

/** `true`, `yes` or `1` on the command line. */
export const flagSetting = z.union([
  z.boolean(),
  z.string().transform((text) => /^(true|yes|1)$/i.test(text)),
]);

/** Technologies that every article of the source concerns. */
export const technologiesSetting = listSetting.default([]);

/** Reads a source's settings by its kind's schema. Throws SourceError naming the setting that is wrong. */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  kind: string,
  settings: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SourceError(
    'bad-settings',
    `The setting "${issue?.path.join('.') ?? ''}" of this ${kind} source is wrong: ${issue?.message ?? ''}.`,
  );
}
