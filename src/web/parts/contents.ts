import { html } from 'hono/html';
import type { Document } from '../../knowledge/document.ts';
import type { Markup } from './markup.ts';

/** Headings of the two upper levels as links; null where there is nothing to choose from. */
export function contentsOf(document: Document): Markup | null {
  const headed = document.sections.filter((section) => section.heading !== '');
  const top = Math.min(...headed.map((section) => section.level));
  const entries = headed.filter((section) => section.level <= top + (headed.length > 14 ? 0 : 1));
  if (entries.length < 2) return null;
  return html`<ul class="contents">${entries.map((section) =>
    section.level === top
      ? html`<li><a href="#${section.anchor}">${section.heading}</a></li>`
      : html`<li><ul><li><a href="#${section.anchor}">${section.heading}</a></li></ul></li>`,
  )}</ul>`;
}
