import { type DescribedSchema, resolveSchema, type Schemas } from './described.ts';

/** A value that fits the schema, made of the examples that its parts have. */
export function exampleOf(schema: DescribedSchema, schemas: Schemas, depth = 0): unknown {
  const known = resolveSchema(schema, schemas);
  if (known.example !== undefined) return known.example;
  if (known.const !== undefined) return known.const;
  if (known.enum !== undefined) return known.enum[0];
  if (known.default !== undefined) return known.default;
  const choice = known.oneOf?.[0] ?? known.anyOf?.[0];
  if (choice !== undefined) return exampleOf(choice, schemas, depth);
  if (known.allOf !== undefined) {
    return Object.assign({}, ...known.allOf.map((part) => exampleOf(part, schemas, depth)));
  }
  return exampleOfType(known, schemas, depth);
}

/** Deeper than that an example says nothing more. */
const maxDepth = 5;

function exampleOfType(schema: DescribedSchema, schemas: Schemas, depth: number): unknown {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.includes('null')) return null;
  switch (types[0]) {
    case 'array':
      return schema.items === undefined || depth > maxDepth
        ? []
        : [exampleOf(schema.items, schemas, depth + 1)];
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [
          name,
          exampleOf(part, schemas, depth + 1),
        ]),
      );
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    default:
      return '…';
  }
}
