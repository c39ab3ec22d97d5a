import { html } from 'hono/html';
import {
  type DescribedOperation,
  type DescribedParameter,
  type DescribedSchema,
  resolveSchema,
  type Schemas,
} from './described.ts';
import { exampleOf } from './example-of.ts';
import { inline, type Markup, paragraphs } from './markup.ts';
import { describeType, showFields } from './show-schema.ts';

/** Everything of one operation: who may do it, what it takes, what it answers, and an example. */
export function showOperation(
  operation: DescribedOperation,
  { schemas, api }: { readonly schemas: Schemas; readonly api: string },
): Markup {
  const { method, path, operationId, summary, description, parameters = [] } = operation;
  const body = operation.requestBody?.content['application/json']?.schema;
  const scope = needsToken(operation) ? Object.values(operation.security?.[0] ?? {})[0]?.[0] : undefined;
  return html`<section id="${operationId}">
<h3>${summary}</h3>
<p><code>${method.toUpperCase()} ${path}</code>${scope !== undefined && html` <span class="quiet">with a token that has the scope <code>${scope}</code></span>`}</p>
${description !== undefined && paragraphs(description)}
${parameters.length > 0 && showParameters(parameters)}
${body !== undefined && html`<p>The body is <strong>${describeType(body)}</strong>.</p>${body.$ref === undefined && showFields(body)}`}
<details><summary>Answers and an example</summary>
${showAnswers(operation)}
<pre tabindex="0"><code>${exampleCall(operation, { schemas, api })}</code></pre>
${showExampleAnswer(operation, schemas)}
</details>
</section>`;
}

function showParameters(parameters: readonly DescribedParameter[]): Markup {
  return html`<table class="table"><thead><tr><th>Parameter</th><th>Type</th><th>What it is</th></tr></thead><tbody>
${parameters.map(
  ({ name, in: place, required, description, schema }) =>
    html`<tr><td><code>${name}</code> <span class="quiet">${place}${required === true && place !== 'path' && ', required'}</span></td><td>${describeType(schema)}</td><td>${inline(description ?? schema.description ?? '')}</td></tr>`,
)}
</tbody></table>`;
}

function showAnswers({ responses }: DescribedOperation): Markup {
  return html`<table class="table"><thead><tr><th>Status</th><th>Answer</th><th>Type</th></tr></thead><tbody>
${Object.entries(responses).map(
  ([status, { description, content = {} }]) =>
    html`<tr><td class="num">${status}</td><td>${inline(description)}</td><td>${Object.entries(content).map(
      ([type, { schema }], n) =>
        html`${n > 0 && html`<br>`}${schema !== undefined && schema.type !== 'string' && html`${describeType(schema)}, `}<span class="quiet">${type}</span>`,
    )}</td></tr>`,
)}
</tbody></table>`;
}

/** As one would type it. */
function exampleCall(
  operation: DescribedOperation,
  { schemas, api }: { readonly schemas: Schemas; readonly api: string },
): string {
  const { method, parameters = [] } = operation;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.name === name);
    return encodeURIComponent(String(exampleOf(parameter?.schema ?? {}, schemas)));
  });
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required === true)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(schema, schemas)))}`);
  const url = `${api}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  const body = operation.requestBody?.content['application/json']?.schema;
  return [
    'curl',
    ...(method === 'get' ? [] : [`-X ${method.toUpperCase()}`]),
    ...(needsToken(operation) ? ["-H 'Authorization: Bearer kba_…'"] : []),
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json' -d '${JSON.stringify(exampleOf(body, schemas))}'`]),
    `'${url}'`,
  ].join(' \\\n  ');
}

function needsToken({ security = [] }: DescribedOperation): boolean {
  return security.length > 0 && security.every((way) => Object.keys(way).length > 0);
}

function showExampleAnswer({ responses }: DescribedOperation, schemas: Schemas): Markup | null {
  const schema = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1].content?.[
    'application/json'
  ]?.schema;
  if (schema === undefined) return null;
  const example = JSON.stringify(exampleOf(schema, schemas), null, 2);
  return html`<pre tabindex="0"><code>${example}</code></pre>`;
}

/** A named schema with its fields. */
export function showNamedSchema(name: string, schema: DescribedSchema, schemas: Schemas): Markup {
  return html`<section id="schema-${name}"><h3>${name}</h3>
${schema.description !== undefined && paragraphs(schema.description)}
${showFields(resolveSchema(schema, schemas)) ?? html`<p>${describeType(schema)}</p>`}
</section>`;
}
