import { html } from 'hono/html';
import { type SourceKind, sourceKinds } from '../../knowledge/source.ts';
import type { SourceForm } from '../administration-ports.ts';
import type { Form } from '../read-form.ts';
import { choice, field } from './field.ts';
import type { Markup } from './markup.ts';

/** What the form shows, as text. */
export type SourceValues = { readonly [Name in keyof Omit<SourceForm, 'kind' | 'settings'>]: string } & {
  readonly kind: SourceKind;
  /** One a line, `name: value` or `name: JSON`. */
  readonly settings: string;
};

export const emptyValues: SourceValues = {
  name: '',
  title: '',
  kind: 'git',
  url: '',
  settings: '',
  schedule: '',
  licence: '',
  attribution: '',
};

export function valuesOf(
  source: Omit<SourceForm, 'schedule'> & { readonly schedule?: string },
): SourceValues {
  const { name, title, kind, url, schedule = '', licence, attribution } = source;
  const settings = Object.entries(source.settings)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
  return { name, title, kind, url, settings, schedule, licence, attribution };
}

export function readValues(form: Form): SourceValues {
  const kind = sourceKinds.find((one) => one === form.text('kind')) ?? 'git';
  return {
    name: form.text('name').toLowerCase(),
    title: form.text('title'),
    kind,
    url: form.text('url'),
    settings: form.text('settings'),
    schedule: form.text('schedule'),
    licence: form.text('licence'),
    attribution: form.text('attribution'),
  };
}

/** `branch: main` and `include: ["docs"]` as an object; a sentence where a line is neither. */
export function readSettings(text: string): { settings: Record<string, unknown> } | { fault: string } {
  const settings: Record<string, unknown> = {};
  for (const line of text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, name, value] = /^([A-Za-z][\w-]*)\s*[:=]\s*(.+)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      return { fault: `“${line}” is no setting. Write it as name: value.` };
    settings[name] = parseValue(value);
  }
  return { settings };
}

function parseValue(value: string): unknown {
  if (!/^(\[|\{|"|true$|false$|null$|-?\d+(\.\d+)?$)/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value; // text that only looks like JSON; the kind's own schema judges it
  }
}

const kindNames: Readonly<Record<SourceKind, string>> = {
  git: 'git: a repository of Markdown',
  feed: 'feed: RSS, Atom or JSON Feed',
  csaf: 'csaf: security advisories',
  pages: 'pages: a web site',
  folder: 'folder: files on this machine',
};

/** The form of a source, new or known; with a button that only tries it. */
export function sourceForm(form: {
  readonly action: string;
  readonly values: SourceValues;
  readonly isNew: boolean;
}): Markup {
  const { values, isNew, action } = form;
  return html`<form method="post" action="${action}">
${isNew && field({ label: 'Name', name: 'name', value: values.name, hint: 'Short, for addresses and the command line: small letters, digits and hyphens.', isRequired: true, maxLength: 60 })}
${field({ label: 'Title', name: 'title', value: values.title, hint: 'As readers see it.' })}
${isNew ? choice({ label: 'Kind', name: 'kind', value: values.kind, options: sourceKinds.map((kind) => ({ value: kind, text: kindNames[kind] })) }) : html`<input type="hidden" name="kind" value="${values.kind}"><input type="hidden" name="name" value="${values.name}">`}
${field({ label: 'URL', name: 'url', value: values.url, isRequired: true, placeholder: 'https://' })}
<label class="field"><span>Settings of its kind</span><span class="quiet">One a line, such as “branch: main” or “include: ["docs"]”. Empty is fine.</span><textarea name="settings" spellcheck="false">${values.settings}</textarea></label>
${field({ label: 'When to visit it', name: 'schedule', value: values.schedule, hint: 'A cron pattern in UTC, such as 17 2 * * *. Empty: once a night at a minute of its own.' })}
${field({ label: 'Licence', name: 'licence', value: values.licence, hint: 'Of its articles, such as CC BY 4.0.' })}
${field({ label: 'Attribution', name: 'attribution', value: values.attribution, hint: 'The line that the licence asks for.' })}
<div class="actions"><button class="btn">${isNew ? 'Add it' : 'Save'}</button><button class="btn plain" name="test" value="1">Test it first</button></div></form>`;
}
