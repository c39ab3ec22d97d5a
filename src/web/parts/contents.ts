import { html } from 'hono/html';
import type { RenderedArticle } from '../../knowledge/reading/finish-article.ts';
import type { Markup } from './markup.ts';

/** More headings than that are shown without those of the second level. */
const maxDetailed = 14;

/** Headings of the two upper levels as links; null where there is nothing to choose from. */
export function contentsOf(headings: RenderedArticle['headings']): Markup | null {
  const top = Math.min(...headings.map((heading) => heading.level));
  const entries = headings.filter(
    (heading) => heading.level <= top + (headings.length > maxDetailed ? 0 : 1),
  );
  if (entries.length < 2) return null;
  return html`<ul class="contents">${entries.map(
    ({ level, text, anchor }) =>
      html`<li${level > top && html` class="below"`}><a href="#${anchor}">${text}</a></li>`,
  )}</ul>`;
}
