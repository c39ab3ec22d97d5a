import { html, raw } from 'hono/html';
import type { Team } from '../../accounts/teams/team.ts';
import type { Article, RevisionFacts } from '../../knowledge/article.ts';
import type { Change } from '../../knowledge/change.ts';
import type { Instant } from '../../knowledge/ids.ts';
import { asId } from '../../knowledge/ids.ts';
import { finishArticle, type RenderedArticle } from '../../knowledge/reading/finish-article.ts';
import { type DocumentFacts, type PageReading, readForPage } from '../../knowledge/reading/page-reading.ts';
import type { Source } from '../../knowledge/source.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { resolveArticleLinks } from '../article-links.ts';
import { paths } from '../links.ts';
import { mostSpecific, nameChange, technologyLinks } from '../parts/change-entry.ts';
import { contentsOf } from '../parts/contents.ts';
import { crumbs, pathTo } from '../parts/crumbs.ts';
import { followButton } from '../parts/follow-button.ts';
import { historyStrip } from '../parts/history-strip.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { remedyCard, type ShownRemedy } from '../parts/remedy-card.ts';
import { dayTag, formatVendorDate } from '../parts/time.ts';
import { countOf } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { listTeamsOfVisitor } from '../team-of-visitor.ts';
import { makeFeedbackSection } from './feedback-section.ts';
import { loadRemedies } from './remedy.ts';

type Ports = Pick<
  SitePorts,
  | 'archive'
  | 'clock'
  | 'community'
  | 'findSearch'
  | 'images'
  | 'readings'
  | 'remedies'
  | 'remedyReports'
  | 'teams'
>;
const shownRevisions = 6;
const shownMentions = 8;
const shownChanges = 500;
const recentMs = 7 * 86_400_000;

type Shown = {
  readonly article: Article;
  readonly revision: RevisionFacts;
  readonly document: DocumentFacts;
  readonly revisions: readonly RevisionFacts[];
  readonly changes: readonly Change[];
  readonly technologies: readonly Technology[];
  readonly path: readonly Technology[];
  readonly all: readonly Technology[];
  readonly source: Source | null;
  readonly body: RenderedArticle;
  readonly references: readonly Article[];
  readonly remedies: readonly ShownRemedy[];
  readonly mentions: readonly Article[];
  readonly now: Instant;
};

/** An article by its number: its newest revision, or the one that the address names, with all its facts. */
export function showArticle(ports: Ports): Action {
  return async (c) => {
    const name = c.req.param('id') ?? '';
    const article = await findByName(ports.archive, name);
    if (article === null) return notFoundPage(c, 'article');
    const asked = c.req.param('number');
    if (name !== String(article.id)) {
      return c.redirect(
        asked === undefined ? paths.article(article.id) : paths.revision(article.id, Number(asked)),
      );
    }
    const [from, to] = [c.req.query('from'), c.req.query('to')];
    if (from !== undefined && to !== undefined) {
      return c.redirect(paths.difference(article.id, Number(from), Number(to)));
    }
    const shown = await loadShown(ports, article, asked === undefined ? article.revision : Number(asked));
    if (shown === null) return notFoundPage(c, 'revision');
    const isNewest = shown.revision.number === article.revision;
    const isGone = article.state === 'retired' && isNewest;
    return renderPage(
      c,
      {
        title: shown.revision.title,
        main: showAll(shown, isNewest, {
          feedback: isNewest && (await makeFeedbackSection(c, ports, shown)),
          teams: await listTeamsOfVisitor(ports, c),
        }),
        canonical: paths.article(article.id),
        ...(shown.document.description !== null && { description: shown.document.description }),
        isPrivate: !isNewest,
      },
      isGone && asked === undefined ? 410 : 200,
    );
  };
}

/** Numbers of ours first; then what vendors call it, so that /a/KB910336 and /a/910336 lead there, too. */
export async function findByName(archive: SitePorts['archive'], name: string): Promise<Article | null> {
  if (/^[1-9]\d{0,14}$/.test(name)) {
    const article = await archive.findArticle(asId(Number(name)));
    if (article !== null) return article;
    const [byNumber] = await archive.findArticlesByName(`KB${name}`);
    return byNumber ?? null;
  }
  const [found] = await archive.findArticlesByName(name);
  return found ?? null;
}

async function loadShown(ports: Ports, article: Article, number: number): Promise<Shown | null> {
  const { archive, clock, findSearch } = ports;
  const revisions = await archive.listRevisions(article.id);
  const revision = revisions.find((one) => one.number === number);
  if (revision === undefined) return null;
  const [reading, changes, technologies, all, sources] = await Promise.all([
    readRevision(ports, article, revision),
    archive.listChangesOfArticle(article.id, shownChanges),
    archive.listTechnologiesOfArticle(article.id),
    archive.listTechnologies(),
    archive.listSources(),
  ]);
  if (reading === null) return null;
  const [main] = mostSpecific(technologies);
  const byId = new Map(all.map((technology) => [technology.id, technology]));
  const { links: targets, images } = reading.body;
  const links = await resolveArticleLinks(archive, article, targets, (one) => paths.article(one.id));
  const { resolveLink, references } = links;
  const mentions = await findMentions({ archive, findSearch }, article);
  const copies = images.length === 0 ? null : await ports.images.listCopies(article.id);
  const body = finishArticle(reading.body, {
    resolveLink,
    resolveImage(src) {
      const copy = copies?.get(src);
      return copy === undefined ? null : { src: paths.image(copy), width: copy.width, height: copy.height };
    },
  });
  return {
    article,
    revision,
    document: reading.facts,
    revisions,
    changes,
    technologies,
    all,
    path: main === undefined ? [] : pathTo(main, byId),
    source: sources.find((source) => source.id === article.sourceId) ?? null,
    body,
    references,
    mentions,
    remedies: await loadRemedies(ports, article, sources),
    now: clock.now(),
  };
}

/** As it was read ahead; else reads it now, as every revision that is not the newest. */
async function readRevision(
  { archive, readings }: Pick<Ports, 'archive' | 'readings'>,
  article: Article,
  facts: RevisionFacts,
): Promise<PageReading | null> {
  const kept = facts.number === article.revision ? await readings.findReading(article, facts) : null;
  if (kept !== null) return kept;
  const revision = await archive.readRevision(facts);
  return revision && readForPage(revision, article.key);
}

function showAll(
  shown: Shown,
  isNewest: boolean,
  { feedback, teams }: { readonly feedback: Markup | false; readonly teams: readonly Team[] },
): Markup {
  const { revision, path, body } = shown;
  const contents = contentsOf(body.headings);
  return html`<div class="cols"><article>
${crumbs(path)}
<h1>${revision.title}</h1>
${isNewest ? noteOfState(shown) : noteOfOldRevision(shown)}
${contents !== null && html`<details class="only-narrow noprint"><summary>On this page</summary>${contents}</details>`}
<div class="prose">${raw(body.html)}</div>
${isNewest && shown.remedies.map(remedyCard)}
${feedback}
${historySection(shown)}
</article>
<aside class="rail">
${factsSection(shown)}
${linksSection('Refers to', shown.references)}
${linksSection('Mentioned in', shown.mentions)}
${contents !== null && html`<section class="only-wide"><h2>On this page</h2><nav aria-label="On this page">${contents}</nav></section>`}
<section class="noprint"><h2>Follow</h2>${followButton({ kind: 'article', id: shown.article.id, text: 'Follow this article' }, teams)}</section>
</aside></div>`;
}

/** What a reader must know before the text: that it is gone, or that it changed these days. */
function noteOfState({ article, changes, now }: Shown): Markup | null {
  if (article.state === 'retired') {
    const because = article.retiredBecause === null ? '' : ` The vendor says: ${article.retiredBecause}`;
    return html`<div class="note bad"><p><strong>The vendor retired this article</strong> (${dayTag(article.changedAt)}).${because} This is its last revision; check it against your version before you act on it.</p></div>`;
  }
  const change = changes.find((one) => one.significance === 'material' && one.kind !== 'moved');
  if (change === undefined || now - change.occurredAt > recentMs) return null;
  if (change.kind === 'created') {
    return html`<div class="note"><p><strong>New.</strong> First seen ${dayTag(change.occurredAt)}.</p></div>`;
  }
  const reasons = change.reasons.map((reason) => reason.sentence.replace(/\.?$/, '.')).join(' ');
  return html`<div class="note"><p><strong>Changed ${dayTag(change.occurredAt)}.</strong> ${reasons} ${change.fromRevision !== null && change.fromRevision !== change.toRevision && html`<a href="${paths.difference(article.id, change.fromRevision, change.toRevision)}">See the difference</a>`}</p></div>`;
}

function noteOfOldRevision({ article, revision }: Shown): Markup {
  return html`<div class="note"><p><strong>This is revision ${revision.number}</strong>, as captured ${dayTag(revision.capturedAt)}. The newest is <a href="${paths.article(article.id)}">revision ${article.revision}</a>. <a href="${paths.difference(article.id, revision.number, article.revision)}">See what changed since</a></p></div>`;
}

function factsSection({ article, revision, document, technologies, source }: Shown): Markup {
  const placed = technologyLinks(technologies, 12);
  const row = (name: string, value: Markup | string | null) =>
    value === null ? null : html`<dt>${name}</dt><dd>${value}</dd>`;
  return html`<section><h2>Facts</h2><dl class="facts">
${row('Article', document.externalIds.length > 0 ? html`<span class="num">${document.externalIds.join(', ')}</span>` : html`<span class="num">${article.id}</span>`)}
${row('Applies to', placed.length > 0 ? html`${placed}` : document.appliesTo.length > 0 ? document.appliesTo.join(', ') : null)}
${row('Vendor’s date', document.vendorDate === null ? null : formatVendorDate(document.vendorDate))}
${row('Vendor’s revision', document.vendorRevision)}
${row('Ours', html`revision <a href="${paths.revision(article.id, revision.number)}">${revision.number}</a>, ${dayTag(revision.capturedAt)}`)}
${Object.entries(document.facts)
  .slice(0, 8)
  .map(([name, value]) => row(nameFact(name), value))}
${source !== null && row('Source', html`${source.title}${article.url !== null && html` · <a href="${article.url}" rel="noreferrer">original</a>`}`)}
${source !== null && source.attribution !== '' && row('Publisher', source.attribution)}
${source !== null && source.licence !== '' && row('Licence', source.licence)}
</dl></section>`;
}

/** Articles that name this one by its number. */
async function findMentions(
  { archive, findSearch }: Pick<Ports, 'archive' | 'findSearch'>,
  article: Article,
): Promise<Article[]> {
  const number = article.externalIds[0];
  const answer = number && findSearch()?.search({ query: number, limit: shownMentions + 1 });
  if (!answer) return [];
  const ids = answer.hits.map((hit) => hit.articleId).filter((id) => id !== article.id);
  return archive.listArticles(ids.slice(0, shownMentions));
}

function linksSection(title: string, articles: readonly Article[]): Markup | null {
  if (articles.length === 0) return null;
  return html`<section><h2>${title}</h2><ul class="contents">${articles.slice(0, 12).map((one) => html`<li><a href="${paths.article(one.id)}">${one.title}</a></li>`)}</ul></section>`;
}

function nameFact(key: string): string {
  const words = key.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function historySection({ article, revision, revisions, changes }: Shown): Markup {
  const changeTo = new Map(
    changes.filter((c) => c.kind !== 'moved').map((change) => [change.toRevision, change]),
  );
  const row = (facts: RevisionFacts) => {
    const change = changeTo.get(facts.number);
    const name = change === undefined ? null : nameChange(change);
    const reasons =
      change?.kind === 'created' ? 'First seen.' : (change?.reasons ?? []).map((r) => r.sentence).join('. ');
    return html`<li>${name === null ? html`<span class="kind minor">Revision</span>` : html`<span class="kind ${name.tone}">${name.label}</span>`}<div>
<p class="why">${reasons === '' ? 'Nothing that a reader can see.' : reasons}</p>
<p class="meta"><a href="${paths.revision(article.id, facts.number)}">revision ${facts.number}</a> · ${dayTag(facts.capturedAt)}${facts.vendorDate !== null && ` · vendor’s date ${formatVendorDate(facts.vendorDate)}`}${facts.number > 1 && html` · <a href="${paths.difference(article.id, facts.number - 1, facts.number)}">what changed</a>`}</p>
</div></li>`;
  };
  return html`<section class="noprint"><h2 id="history">History <span class="quiet num">${countOf(revisions.length, 'revision')}</span></h2>
${historyStrip(revisions, changes)}
<ol class="log">${revisions.slice(0, shownRevisions).map(row)}</ol>
${revisions.length > shownRevisions && html`<details><summary>${countOf(revisions.length - shownRevisions, 'earlier revision')}</summary><ol class="log">${revisions.slice(shownRevisions).map(row)}</ol></details>`}
${revisions.length > 2 && compareForm(article, revision, revisions)}
</section>`;
}

function compareForm(article: Article, revision: RevisionFacts, revisions: readonly RevisionFacts[]): Markup {
  const options = (selected: number) =>
    revisions.map(
      (facts) =>
        html`<option value="${facts.number}"${facts.number === selected && html` selected`}>${facts.number}</option>`,
    );
  return html`<form class="row" action="/a/${article.id}/diff">
<label class="field"><span>Compare revision</span><select name="from">${options(Math.max(1, revision.number - 1))}</select></label>
<label class="field"><span>with revision</span><select name="to">${options(revision.number)}</select></label>
<button class="btn plain">Compare</button></form>`;
}
