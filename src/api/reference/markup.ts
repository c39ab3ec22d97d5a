import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** HTML whose values were escaped; what the `html` tag gives. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A sentence in which back quotes set what is code. */
export function inline(text: string): Markup {
  return html`${text.split('`').map((part, n) => (n % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** Paragraphs, with empty lines between them. */
export function paragraphs(text: string): Markup {
  return html`${text.split(/\n\s*\n/).map((paragraph) => html`<p>${inline(paragraph.replace(/\s+/g, ' ').trim())}</p>`)}`;
}
