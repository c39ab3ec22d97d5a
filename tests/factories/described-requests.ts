import fc from 'fast-check';

/** Of JSON Schema what our own document uses. */
export type JsonSchema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
};

export type JsonOperation = {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly required?: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> }>
  >;
};

export type JsonDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
};

export type DescribedRequest = {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

/** Requests to an operation as its description allows them, with faults here and there. */
export function requestsTo(
  document: JsonDocument,
  { path, method, operation }: { path: string; method: string; operation: JsonOperation },
): fc.Arbitrary<DescribedRequest> {
  const parameters = operation.parameters ?? [];
  const values = parameters.map((parameter) => {
    const fitting = valuesOf(document, parameter.schema).map(String);
    const value = fc.oneof({ weight: 14, arbitrary: fitting }, { weight: 1, arbitrary: junk });
    const isNeeded = parameter.in === 'path' || parameter.required === true;
    return isNeeded ? value : fc.option(value, { nil: undefined });
  });
  const schema = operation.requestBody?.content['application/json']?.schema;
  const body =
    schema === undefined
      ? fc.constant(undefined)
      : fc.oneof(
          { weight: 8, arbitrary: valuesOf(document, schema).map((value) => JSON.stringify(value)) },
          { weight: 1, arbitrary: fc.json() },
          { weight: 1, arbitrary: fc.string() },
        );
  return fc
    .record({
      values: fc.tuple(...values),
      body,
      stranger: fc.oneof(
        { weight: 14, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), junk) },
      ),
      accept: fc.constantFrom(...acceptable),
      type: fc.oneof(
        { weight: 9, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: fc.constantFrom('text/plain', 'application/xml', '') },
      ),
    })
    .map((made) => {
      const query = new URLSearchParams(made.stranger === undefined ? [] : [[...made.stranger]]);
      const headers: Record<string, string> = { accept: made.accept };
      let whole = path;
      parameters.forEach((parameter, n) => {
        const value = made.values[n];
        if (value === undefined) return;
        if (parameter.in === 'path') whole = whole.replace(`{${parameter.name}}`, encodeURIComponent(value));
        else if (parameter.in === 'query') query.append(parameter.name, value);
        else headers[parameter.name] = value.replace(/[^\x20-\x7e]/g, '');
      });
      if (made.body !== undefined) headers['content-type'] = made.type;
      const search = query.size === 0 ? '' : `?${query}`;
      return { path: `${whole}${search}`, method: method.toUpperCase(), headers, body: made.body };
    });
}

const acceptable = [
  '*/*',
  'application/json',
  'application/x-ndjson',
  'text/markdown',
  'text/plain',
  'text/x-patch',
];

/** Nothing that fits anywhere; never empty or dots, which a path would lose. */
const junk = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).filter((text) => !/^[.\s]*$/.test(text)),
  fc.constantFrom(
    '0',
    '-1',
    '1e3',
    '999999999999999999999',
    "' or 1=1 --",
    '%00',
    '../../etc/passwd',
    'null',
  ),
);

function valuesOf(document: JsonDocument, schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    return valuesOf(document, document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => valuesOf(document, choice)));
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'integer': {
      const [min, max] = [schema.minimum ?? 0, schema.maximum ?? 1_000_000];
      // Small ones exist.
      return fc.oneof(fc.integer({ min, max: Math.min(max, min + 5) }), fc.integer({ min, max }));
    }
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valuesOf(document, schema.items ?? {}), { maxLength: 3 });
    case 'object': {
      const { properties = {}, required = [] } = schema;
      const parts: Record<string, fc.Arbitrary<unknown>> = {};
      for (const [name, part] of Object.entries(properties)) parts[name] = valuesOf(document, part);
      return fc.record(parts, { requiredKeys: [...required] });
    }
    default:
      return textsOf(schema);
  }
}

function textsOf({ format, pattern, minLength = 0, maxLength = 50 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    const [min, max] = [new Date('1990-01-01'), new Date('2090-01-01')];
    return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
  }
  if (pattern !== undefined) {
    return fc.oneof(
      fc.stringMatching(new RegExp(pattern)),
      fc.constantFrom(...known).filter((text) => new RegExp(pattern).test(text)),
    );
  }
  return fc.oneof(
    fc.string({ minLength: Math.max(1, minLength), maxLength: Math.min(maxLength, 50) }),
    fc.constant('night'),
  );
}

/** Names that the test's world has. */
const known = [
  'written',
  'windows',
  'windows-update-store',
  'windows-update-store-default.ps1',
  '2026-03-02',
];
