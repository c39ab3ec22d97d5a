import { html } from 'hono/html';
import type { Article, Revision } from '../../knowledge/article.ts';
import type { Change } from '../../knowledge/change.ts';
import { compareDocuments } from '../../knowledge/difference/compare-documents.ts';
import type { DocumentDifference } from '../../knowledge/difference/document-difference.ts';
import { formatPatch } from '../../knowledge/difference/format-patch.ts';
import { formatPlainDifference } from '../../knowledge/difference/format-plain-difference.ts';
import { paths } from '../links.ts';
import { kindTag } from '../parts/change-entry.ts';
import { type DifferenceLayout, differenceLayouts, differenceView } from '../parts/difference-view.ts';
import { filterChips } from '../parts/filter-chips.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { dayTag } from '../parts/time.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { findByName } from './article.ts';

/** What differs between any two revisions of an article, side by side. */
export function showDifference(ports: Pick<SitePorts, 'archive'>): Action {
  return async (c) => {
    const compared = await loadCompared(ports, c);
    if ('problem' in compared) return compared.problem;
    const { article, before, after, difference } = compared;
    const changes = await ports.archive.listChangesOfArticle(article.id, 500);
    const [from, to] = [before.number, after.number];
    const steps = changes
      .filter((change) => change.toRevision > Math.min(from, to) && change.toRevision <= Math.max(from, to))
      .filter((change) => change.kind !== 'moved');
    const layout = differenceLayouts.find((each) => each === c.req.query('layout')) ?? 'side-by-side';
    return renderPage(c, {
      title: `What changed: ${article.title}`,
      isPrivate: true,
      main: showAll({ article, before, after, steps, difference, layout, url: c.req.url }),
    });
  };
}

/** The same as plain text, for tickets and mails. */
export function downloadPlainDifference(ports: Pick<SitePorts, 'archive'>): Action {
  return async (c) => {
    const compared = await loadCompared(ports, c);
    if ('problem' in compared) return compared.problem;
    const { article, before, after, difference } = compared;
    const head = `${article.title}\nrevision ${before.number} to ${after.number}\n\n`;
    return c.text(head + (formatPlainDifference(difference) || 'Nothing that a reader can see.\n'));
  };
}

/** A unified patch of the published text. */
export function downloadPatch(ports: Pick<SitePorts, 'archive'>): Action {
  return async (c) => {
    const compared = await loadCompared(ports, c);
    if ('problem' in compared) return compared.problem;
    const { article, before, after } = compared;
    const side = (revision: Revision) => ({
      name: `revision ${revision.number}`,
      text: revision.published.text,
    });
    const name = `article-${article.id}-${before.number}-${after.number}.patch`;
    return c.body(formatPatch(article.key, side(before), side(after)), 200, {
      'content-type': 'text/x-patch; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    });
  };
}

type Compared = {
  readonly article: Article;
  readonly before: Revision;
  readonly after: Revision;
  readonly difference: DocumentDifference;
};

/** The two revisions that the address names; without numbers the last two. */
async function loadCompared(
  ports: Pick<SitePorts, 'archive'>,
  c: SiteContext,
): Promise<Compared | { problem: Response | Promise<Response> }> {
  const article = await findByName(ports.archive, c.req.param('id') ?? '');
  if (article === null) return { problem: notFoundPage(c, 'article') };
  const to = readNumber(c.req.query('to')) ?? article.revision;
  const from = readNumber(c.req.query('from')) ?? Math.max(1, to - 1);
  const [before, after] = await Promise.all([
    ports.archive.loadRevision(article.id, from),
    ports.archive.loadRevision(article.id, to),
  ]);
  if (before === null || after === null) return { problem: notFoundPage(c, 'revision') };
  return { article, before, after, difference: compareDocuments(before.document, after.document) };
}

function readNumber(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

function showAll(
  shown: Compared & {
    readonly steps: readonly Change[];
    readonly layout: DifferenceLayout;
    readonly url: string;
  },
): Markup {
  const { article, before, after, steps, difference, layout } = shown;
  const query = `from=${before.number}&to=${after.number}`;
  return html`<div class="cols wide"><div>
<p class="crumbs"><a href="${paths.article(article.id)}">${article.title}</a></p>
<h1>What changed from revision ${before.number} to ${after.number}</h1>
${steps.length > 0 && html`<ol class="log summary">${steps.slice(0, 12).map(showStep)}</ol>`}
${filterChips({
  label: 'Layout',
  url: shown.url,
  name: 'layout',
  value: layout === 'inline' ? layout : null,
  options: [
    { value: null, text: 'Side by side' },
    { value: 'inline', text: 'In one column' },
  ],
})}
${differenceView(difference, { before: columnHead(before), after: columnHead(after) }, layout)}
<p class="quiet">Take it along as <a href="${paths.article(article.id)}/diff.txt?${query}">plain text</a> or as a <a href="${paths.article(article.id)}/diff.patch?${query}">patch</a> of the published text.</p>
<nav class="pager" aria-label="Other differences">
${Math.min(before.number, after.number) > 1 && html`<a href="${paths.difference(article.id, Math.min(before.number, after.number) - 1, Math.min(before.number, after.number))}">The change before</a>`}
${Math.max(before.number, after.number) < article.revision && html`<a href="${paths.difference(article.id, Math.max(before.number, after.number), Math.max(before.number, after.number) + 1)}">The change after</a>`}
<a href="${paths.article(article.id)}#history">All revisions</a>
</nav>
</div></div>`;

  function columnHead(revision: Revision): Markup {
    return html`<a href="${paths.revision(article.id, revision.number)}">Revision ${revision.number}</a> · ${dayTag(revision.capturedAt)}`;
  }
}

function showStep(change: Change): Markup {
  const reasons = change.reasons.map((reason) => reason.sentence.replace(/\.?$/, '.')).join(' ');
  return html`<li>${kindTag(change)}<div><p class="why">${reasons === '' ? 'Nothing that a reader can see.' : reasons}</p></div></li>`;
}
