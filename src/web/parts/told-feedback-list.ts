import { html } from 'hono/html';
import type { ToldFeedback } from '../../alerts/told-feedback.ts';
import { paths } from '../links.ts';
import type { Markup } from './markup.ts';

const outcomeNames = { yes: 'Worked', partly: 'Worked in part', no: 'Did not work' } as const;

/** What readers said, as a mail tells it: by article, with a link to each. */
export function toldFeedbackList(feedback: readonly ToldFeedback[]): Markup {
  return html`<ul>${feedback.map(
    (one) =>
      html`<li><a href="${paths.article(one.articleId)}#f${one.id}">${one.articleTitle}</a> <span class="quiet">${one.authorName === '' ? 'Anonymous' : one.authorName}: ${one.didHarm ? 'Made it worse' : one.outcome === null ? 'Told what happened' : outcomeNames[one.outcome]}</span></li>`,
  )}</ul>`;
}
