import { html } from 'hono/html';
import { type DescribedSchema, nameOfReference } from './described.ts';
import { inline, type Markup } from './markup.ts';

/** "integer, 1 to 500, 100 unless given" */
export function describeType(schema: DescribedSchema): Markup {
  return html`${nameType(schema)}${listLimits(schema).map((limit) => html`, ${limit}`)}`;
}

function nameType(schema: DescribedSchema): Markup {
  if (schema.$ref !== undefined) {
    const name = nameOfReference(schema.$ref);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) {
    return html`${choices.map((choice, n) => html`${n > 0 && ' or '}${nameType(choice)}`)}`;
  }
  if (schema.allOf !== undefined) return html`${schema.allOf.map(nameType)}`;
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum !== undefined) {
    return html`${schema.enum.map((value, n) => html`${n > 0 && ' or '}<code>${String(value)}</code>`)}`;
  }
  if (schema.items !== undefined) return html`list of ${nameType(schema.items)}`;
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['anything']);
  const format = schema.format === undefined ? '' : ` (${schema.format})`;
  return html`${types.join(' or ')}${format}`;
}

function listLimits(schema: DescribedSchema): Markup[] {
  const { minimum, maximum, maxLength, pattern } = schema;
  return [
    ...(minimum !== undefined && maximum !== undefined && maximum < 1e9
      ? [html`${minimum} to ${maximum}`]
      : []),
    ...(maxLength === undefined ? [] : [html`at most ${maxLength} characters`]),
    ...(pattern === undefined ? [] : [html`as <code>${pattern}</code>`]),
    ...(schema.default === undefined ? [] : [html`<code>${String(schema.default)}</code> unless given`]),
  ];
}

/** The fields of an object, those within it indented by their path. */
export function showFields(schema: DescribedSchema): Markup | null {
  const fields = listFields(schema, '');
  if (fields.length === 0) return null;
  return html`<table class="table"><thead><tr><th>Field</th><th>Type</th><th>What it is</th></tr></thead><tbody>
${fields.map(
  ({ path, field, isRequired }) =>
    html`<tr><td><code>${path}</code>${!isRequired && html` <span class="quiet">may be absent</span>`}</td><td>${describeType(field)}</td><td>${inline(field.description ?? '')}</td></tr>`,
)}
</tbody></table>`;
}

type Field = { readonly path: string; readonly field: DescribedSchema; readonly isRequired: boolean };

function listFields(schema: DescribedSchema, prefix: string): Field[] {
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf ?? [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const isRequired = schema.required?.includes(name) ?? false;
    const inner = field.items?.properties === undefined ? field : field.items;
    const below = inner.$ref === undefined ? listFields(inner, `${path}${inner === field ? '' : '[]'}.`) : [];
    return [{ path, field, isRequired }, ...below];
  });
  return [...own, ...choices.flatMap((choice) => listFields(choice, prefix))];
}
