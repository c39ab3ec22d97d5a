import { html, raw } from 'hono/html';
import { paths } from '../links.ts';
import { contentsOf } from '../parts/contents.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { type Guide, type GuidePage, loadGuide } from '../serving/guide.ts';
import type { Action } from '../site-app.ts';

let loaded: Guide | null = null;
/** Read when somebody first asks for it, and kept: the files come with the program. */
const guide = (): Guide => {
  loaded ??= loadGuide();
  return loaded;
};

/** The guide: its first page, with everything that it does not name itself. */
export const showHelp: Action = (c) => {
  const { index, unnamed } = guide();
  const more = html`${unnamed.length > 0 && html`<h2>More</h2><ul>${unnamed.map((page) => html`<li><a href="${paths.helpPage(page.name)}">${page.title}</a></li>`)}</ul>`}`;
  return renderPage(c, { title: 'Guide', canonical: paths.help, main: frame(index, more) });
};

/** One page of the guide. */
export const showHelpPage: Action = (c) => {
  const page = guide().find(c.req.param('name') ?? '');
  if (page === null) return notFoundPage(c);
  return renderPage(c, { title: page.title, canonical: paths.helpPage(page.name), main: frame(page, null) });
};

export const showHelpImage: Action = (c) => {
  const image = guide().readImage(c.req.param('name') ?? '');
  if (image === null) return notFoundPage(c, 'image');
  return c.body(image.bytes, 200, { 'content-type': image.contentType, 'cache-control': 'max-age=3600' });
};

function frame(page: GuidePage, more: Markup | null): Markup {
  const contents = page.name === '' ? null : contentsOf(page.body.headings);
  return html`<div class="cols"><article>
<h1>${page.title}</h1>
${contents !== null && html`<details class="only-narrow noprint"><summary>On this page</summary>${contents}</details>`}
<div class="prose">${raw(page.body.html)}${more}</div>
</article>
<aside class="rail">
${contents !== null && html`<section class="only-wide"><h2>On this page</h2><nav aria-label="On this page">${contents}</nav></section>`}
<section class="noprint"><h2>Guide</h2><nav aria-label="Guide"><ul class="contents">
${[{ name: '', title: 'Start' }, ...guide().pages].map(
  ({ name, title }) =>
    html`<li><a href="${name === '' ? paths.help : paths.helpPage(name)}"${name === page.name && html` aria-current="page"`}>${title}</a></li>`,
)}</ul></nav></section>
</aside></div>`;
}
