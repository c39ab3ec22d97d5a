import { parseDocument } from 'yaml';
import { lintRemedy } from './lint-remedy.ts';
import { type Remedy, remedySchema } from './remedy.ts';

export type ReadRemedy =
  | { readonly kind: 'read'; readonly remedy: Remedy }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** Reads a remedy document (YAML 1.2). What is refused says why, one sentence a problem. */
export function readRemedy(text: string): ReadRemedy {
  // Aliases could make a short text endless.
  const document = parseDocument(text, { uniqueKeys: true, stringKeys: true });
  if (document.errors.length > 0) return { kind: 'refused', problems: document.errors.map(firstLine) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    return {
      kind: 'refused',
      problems: [firstLine(error instanceof Error ? error : new Error(String(error)))],
    };
  }
  const parsed = remedySchema.safeParse(value);
  if (!parsed.success) {
    return {
      kind: 'refused',
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`),
    };
  }
  const problems = lintRemedy(parsed.data);
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'read', remedy: parsed.data };
}

function firstLine(error: Error): string {
  return error.message.split('\n')[0] ?? error.message;
}
