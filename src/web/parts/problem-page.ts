import { html } from 'hono/html';
import type { SiteContext } from '../site-app.ts';
import { renderPage } from './layout.ts';
import type { Markup } from './markup.ts';

export type Problem = {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 429 | 500 | 503;
  readonly title: string;
  /** What happened, what was kept, and what to do: one sentence or two each. */
  readonly happened: string;
  readonly kept?: string;
  readonly next: string | Markup;
  readonly more?: Markup;
};

/** Answers with a page that says what went wrong and how to go on. */
export function problemPage(c: SiteContext, problem: Problem): Response | Promise<Response> {
  const main = html`<div class="cols narrow"><div>
<h1>${problem.title}</h1>
<p class="lead">${problem.happened}${problem.kept && ` ${problem.kept}`}</p>
<p>${problem.next}</p>
${problem.more}
</div></div>`;
  return renderPage(c, { title: problem.title, main, isPrivate: true }, problem.status);
}

/** 404, with a search for what the address seems to mean. */
export function notFoundPage(c: SiteContext, what = 'page'): Response | Promise<Response> {
  const words = decodeSafely(c.req.path)
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .replace(/^ ?(a|technologies|search|admin|account) /, '')
    .trim();
  return problemPage(c, {
    status: 404,
    title: `There is no such ${what}`,
    happened: `Nothing is at this address: it may be mistyped, or what was here was never kept.`,
    next: 'Search for it by error code, KB number, message or words:',
    more: html`<form class="find" action="/search" role="search" aria-label="What you were looking for">
<input type="search" name="q" value="${words}" aria-label="Search articles for what you were looking for"><button>Find</button></form>`,
  });
}

function decodeSafely(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a malformed escape is shown as it came
  }
}
