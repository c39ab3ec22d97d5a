import type { ApiDocument } from '../api-document.ts';

/** A schema as it stands in our own document: of JSON Schema only what zod's schemas come to. */
export type DescribedSchema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: DescribedSchema;
  readonly properties?: Readonly<Record<string, DescribedSchema>>;
  readonly additionalProperties?: DescribedSchema | boolean;
  readonly required?: readonly string[];
  readonly oneOf?: readonly DescribedSchema[];
  readonly anyOf?: readonly DescribedSchema[];
  readonly allOf?: readonly DescribedSchema[];
};

export type DescribedParameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: DescribedSchema;
};

type Content = Readonly<Record<string, { readonly schema?: DescribedSchema }>>;

export type DescribedOperation = {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly DescribedParameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
};

/** The operations of the document, in its order. */
export function listOperations(document: ApiDocument): DescribedOperation[] {
  const paths = Object.entries(document.paths ?? {});
  return paths.flatMap(([path, methods]) =>
    // Our own operations have all of these; the library's type allows for any document.
    Object.entries(methods).map(
      ([method, operation]) => ({ ...operation, method, path }) as DescribedOperation,
    ),
  );
}

export type Schemas = Readonly<Record<string, DescribedSchema>>;

export function listSchemas(document: ApiDocument): Schemas {
  return (document.components?.schemas ?? {}) as Schemas; // as above
}

/** "Article" of `#/components/schemas/Article`. */
export function nameOfReference(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

/** The schema itself, or the one that it refers to. */
export function resolveSchema(schema: DescribedSchema, schemas: Schemas): DescribedSchema {
  return schema.$ref === undefined ? schema : (schemas[nameOfReference(schema.$ref)] ?? {});
}
