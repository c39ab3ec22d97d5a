import { html } from 'hono/html';
import type { ChangeWithArticle } from '../../knowledge/archive.ts';
import type { Article, Revision } from '../../knowledge/article.ts';
import { compareDocuments } from '../../knowledge/difference/compare-documents.ts';
import type { DocumentDifference } from '../../knowledge/difference/document-difference.ts';
import { paths } from '../links.ts';
import { kindTag } from '../parts/change-entry.ts';
import { differenceView } from '../parts/difference-view.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { dayTag } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { findByName } from './article.ts';

/** What differs between any two revisions of an article, side by side. */
export function showDifference(ports: Pick<SitePorts, 'archive'>): Action {
  return async (c) => {
    const article = await findByName(ports.archive, c.req.param('id') ?? '');
    if (article === null) return notFoundPage(c, 'article');
    const to = readNumber(c.req.query('to')) ?? article.revision;
    const from = readNumber(c.req.query('from')) ?? Math.max(1, to - 1);
    const [before, after, changes] = await Promise.all([
      ports.archive.loadRevision(article.id, from),
      ports.archive.loadRevision(article.id, to),
      ports.archive.listChanges({ articleId: article.id, limit: 500 }),
    ]);
    if (before === null || after === null) return notFoundPage(c, 'revision');
    const steps = changes
      .filter((change) => change.toRevision > Math.min(from, to) && change.toRevision <= Math.max(from, to))
      .filter((change) => change.kind !== 'moved');
    const difference = compareDocuments(before.document, after.document);
    return renderPage(c, {
      title: `What changed: ${article.title}`,
      isPrivate: true,
      main: showAll({ article, before, after, steps, difference }),
    });
  };
}

function readNumber(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

function showAll(shown: {
  article: Article;
  before: Revision;
  after: Revision;
  steps: readonly ChangeWithArticle[];
  difference: DocumentDifference;
}): Markup {
  const { article, before, after, steps, difference } = shown;
  return html`<div class="cols wide"><div>
<p class="crumbs"><a href="${paths.article(article.id)}">${article.title}</a></p>
<h1>What changed from revision ${before.number} to ${after.number}</h1>
${steps.length > 0 && html`<ol class="log summary">${steps.slice(0, 12).map(showStep)}</ol>`}
${differenceView(difference, { before: columnHead(before), after: columnHead(after) })}
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

function showStep(change: ChangeWithArticle): Markup {
  const reasons = change.reasons.map((reason) => reason.sentence.replace(/\.?$/, '.')).join(' ');
  return html`<li>${kindTag(change)}<div><p class="why">${reasons === '' ? 'Nothing that a reader can see.' : reasons}</p></div></li>`;
}
