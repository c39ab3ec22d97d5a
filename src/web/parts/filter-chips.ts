import { html } from 'hono/html';
import type { Markup } from './markup.ts';

/** The address with some of its parameters set anew; null takes one away. */
export function withParameters(
  url: string,
  changes: Readonly<Record<string, string | null>>,
  drop: readonly string[] = ['before', 'page'],
): string {
  const parsed = new URL(url, 'http://site.invalid');
  for (const name of drop) parsed.searchParams.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) parsed.searchParams.delete(name);
    else parsed.searchParams.set(name, value);
  }
  return `${parsed.pathname}${parsed.search}`;
}

/** A choice between values of one parameter, as links; the first is what holds without it. */
export function filterChips(given: {
  readonly label: string;
  readonly url: string;
  readonly name: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string | null; readonly text: string }[];
}): Markup {
  return html`<nav aria-label="${given.label}"><ul class="chips">${given.options.map(
    ({ value, text }) =>
      html`<li><a href="${withParameters(given.url, { [given.name]: value })}"${value === given.value && html` aria-current="true"`}>${text}</a></li>`,
  )}</ul></nav>`;
}
