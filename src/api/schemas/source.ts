import { z } from '@hono/zod-openapi';
import { type Scan, type Source, sourceKinds } from '../../knowledge/source.ts';
import { instantSchema, isoInstant } from './parameters.ts';

export const sourceSchema = z
  .object({
    name: z.string().openapi({ example: 'starter' }),
    title: z.string(),
    kind: z.enum(sourceKinds),
    licence: z.string().openapi({ example: 'CC BY 4.0' }),
    attribution: z.string(),
    state: z.enum(['active', 'paused']),
    createdAt: instantSchema,
  })
  .openapi('Source', { description: 'A knowledge base that is watched.' });

export function writeSource(source: Source): z.infer<typeof sourceSchema> {
  const { name, title, kind, licence, attribution, state, createdAt } = source;
  return { name, title, kind, licence, attribution, state, createdAt: isoInstant(createdAt) };
}

export const scanSchema = z
  .object({
    id: z.int(),
    source: z.string().openapi({ example: 'starter' }),
    state: z.enum(['running', 'done', 'unchanged', 'failed', 'held']),
    startedAt: instantSchema,
    endedAt: instantSchema.nullable(),
    asOf: instantSchema.nullable().openapi({ description: 'How the source stood at this instant.' }),
    baseline: z.boolean().openapi({ description: 'A first scan; it alerts nobody.' }),
    articles: z.int().nullable().openapi({ description: 'How many the source had.' }),
    counts: z
      .record(z.string(), z.int())
      .openapi({ description: 'Changes by kind and significance.', example: { 'revised-material': 3 } }),
    problem: z
      .string()
      .nullable()
      .openapi({ description: 'Why it failed or is held; told to administrators alone.' }),
    warnings: z
      .array(z.string())
      .openapi({ description: 'What was passed over; told to administrators alone.' }),
  })
  .openapi('Scan', { description: 'One visit to a source.' });

export function writeScan(
  scan: Scan,
  { sources, isAdministrator }: { sources: ReadonlyMap<number, Source>; isAdministrator: boolean },
): z.infer<typeof scanSchema> {
  const instantOrNull = (instant: number | null) => (instant === null ? null : isoInstant(instant));
  return {
    id: scan.id,
    source: sources.get(scan.sourceId)?.name ?? '',
    state: scan.state,
    startedAt: isoInstant(scan.startedAt),
    endedAt: instantOrNull(scan.endedAt),
    asOf: instantOrNull(scan.asOf),
    baseline: scan.baseline,
    articles: scan.articleCount,
    counts: { ...scan.counts },
    problem: isAdministrator ? scan.problem : null,
    warnings: isAdministrator ? [...scan.warnings] : [],
  };
}
