import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { type SourceKind, sourceKinds } from '../../knowledge/source.ts';

const entrySchema = z.strictObject({
  /** Short and unique, as a source's name. */
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
  title: z.string().min(1),
  kind: z.enum(sourceKinds),
  url: z.url({ protocol: /^https$/ }),
  settings: z.record(z.string(), z.unknown()).default({}),
  licence: z.string().min(1),
  /** The line that the licence asks for, or that is fair. */
  attribution: z.string().min(1),
  /** What is published there, in a sentence. */
  about: z.string().min(1),
  /** How the entry was checked, and whether its address could be reached. */
  checked: z.string().min(1),
});

const catalogueSchema = z
  .strictObject({ sources: z.array(entrySchema).min(1) })
  .refine(({ sources }) => new Set(sources.map(({ name }) => name)).size === sources.length, {
    error: 'two sources have the same name',
  });

/** A known knowledge base that an operator can turn on. */
export type CatalogueEntry = z.output<typeof entrySchema> & { readonly kind: SourceKind };

/** The catalogue could not be read; the message names the entry and field. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
  readonly code = 'bad-catalogue';
}

/** Reads the catalogue of known sources. Throws CatalogueError. */
export async function loadCatalogue(file: string): Promise<readonly CatalogueEntry[]> {
  return readCatalogue(await readFile(file, 'utf8'), file);
}

/** The catalogue from its YAML text. Throws CatalogueError. */
export function readCatalogue(text: string, file: string): readonly CatalogueEntry[] {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new CatalogueError(
      `${file} is no YAML: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  const parsed = catalogueSchema.safeParse(value);
  if (parsed.success) return parsed.data.sources;
  const [issue] = parsed.error.issues;
  throw new CatalogueError(
    `${file}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'is wrong'}`,
  );
}
