import { html } from 'hono/html';
import { paths } from '../links.ts';
import { problemPage } from '../parts/problem-page.ts';
import type { SiteContext } from '../site-app.ts';

/** A setting that was not taken, with the reason and the way back. */
export function refuseSetting(c: SiteContext, sentence: string, back: string = paths.accountSettings) {
  return problemPage(c, {
    status: 400,
    title: 'This was not saved',
    happened: sentence,
    kept: 'Everything is as it was.',
    next: html`<a class="btn plain" href="${back}">Back to the settings</a>`,
  });
}
