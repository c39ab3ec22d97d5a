import { html } from 'hono/html';
import { type AccountId, asId, type ScanId } from '../../knowledge/ids.ts';
import type { Verdict } from '../administration-ports.ts';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage, problemPage } from '../parts/problem-page.ts';
import {
  emptyValues,
  readSettings,
  readValues,
  type SourceValues,
  sourceForm,
  valuesOf,
} from '../parts/source-form.ts';
import { countOf } from '../parts/wording.ts';
import { readForm } from '../read-form.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'archive' | 'sources' | 'outbox'>;

/** An empty form, or one filled in from an entry of the catalogue (`?catalogue=name`). */
export function showNewSource(ports: Ports): Action {
  return async (c) => {
    const chosen = c.req.query('catalogue');
    if (chosen === undefined) return renderForm(ports, c, { values: emptyValues, isNew: true });
    const entry = (await ports.sources.listCatalogue()).find(({ name }) => name === chosen);
    if (entry === undefined) return notFoundPage(c, 'page');
    const found = html`<div class="note"><p><strong>${entry.title}.</strong> ${entry.about} Test it before you add it: addresses change.</p></div>`;
    return renderForm(ports, c, { values: valuesOf(entry), isNew: true, found });
  };
}

/** Adds or changes a source; with the button "Test it first" it is only visited, and nothing kept. */
export function saveSource(ports: Ports): Action {
  return async (c) => {
    const name = c.req.param('name');
    const isNew = name === undefined;
    const form = await readForm(c);
    const values = isNew ? readValues(form) : { ...readValues(form), name };
    const read = readSettings(values.settings);
    if ('fault' in read) return renderForm(ports, c, { values, isNew, fault: read.fault });
    const source = { ...values, settings: read.settings };
    const by = readVisitor(c).account.id;
    if (form.has('test')) {
      const result = await ports.sources.testSource(source, by);
      if (result.kind === 'refused') return renderForm(ports, c, { values, isNew, fault: result.sentence });
      return renderForm(ports, c, { values, isNew, found: showFound(result) });
    }
    const { name: _name, kind: _kind, ...change } = source;
    const verdict = await (isNew
      ? ports.sources.addSource(source, by)
      : ports.sources.changeSource(name, change, by));
    if (verdict.kind === 'refused') return renderForm(ports, c, { values, isNew, fault: verdict.sentence });
    return c.redirect(`${paths.source(source.name)}?said=${isNew ? 'source-added' : 'saved'}`);
  };
}

function showFound(result: {
  articleCount: number;
  titles: readonly string[];
  warnings: readonly string[];
}): Markup {
  return html`<div class="note done" role="status"><p><strong>It can be read: ${countOf(result.articleCount, 'article')}.</strong> Nothing was kept yet.</p>
${result.titles.length > 0 && html`<p>${result.titles.slice(0, 5).join(' · ')}</p>`}
${result.warnings.length > 0 && html`<p class="quiet">${countOf(result.warnings.length, 'warning')}: ${result.warnings.slice(0, 3).join(' ')}</p>`}</div>`;
}

async function renderForm(
  ports: Ports,
  c: SiteContext,
  given: { values: SourceValues; isNew: boolean; fault?: string; found?: Markup },
) {
  const { values, isNew, fault, found } = given;
  const main = html`${fault !== undefined && html`<div class="note bad" role="alert"><p>${fault}</p></div>`}${found}
${sourceForm({ action: isNew ? `${paths.sources}/new` : paths.source(values.name), values, isNew })}
${isNew && values === emptyValues && (await catalogueSection(ports))}`;
  const title = isNew ? 'Add a source' : values.title || values.name;
  const page = { title, tab: paths.sources, main, hasOutbox: ports.outbox !== null };
  return adminPage(c, page, fault === undefined ? 200 : 400);
}

async function catalogueSection({ archive, sources }: Ports): Promise<Markup> {
  const [entries, watched] = await Promise.all([sources.listCatalogue(), archive.listSources()]);
  const urls = new Set(watched.map(({ url }) => url));
  return html`<h2 id="catalogue">Or choose a known one</h2>
<ul class="plain">${entries.map(
    (
      entry,
    ) => html`<li><p><a href="${paths.sources}/new?catalogue=${entry.name}">${entry.title}</a>${urls.has(entry.url) && html` <span class="quiet">its address is watched already</span>`}</p>
<p class="meta">${entry.about} ${entry.kind} · ${entry.licence}</p></li>`,
  )}</ul>`;
}

/** One button of a source: what it does, and what is said then. */
export function actOnSource(
  ports: Ports,
  act: (sources: SitePorts['sources'], name: string, by: AccountId) => Promise<Verdict>,
  said: string,
): Action {
  return async (c) => {
    const name = c.req.param('name') ?? '';
    if ((await ports.archive.findSource(name)) === null) return notFoundPage(c, 'source');
    const verdict = await act(ports.sources, name, readVisitor(c).account.id);
    if (verdict.kind === 'refused') return refused(c, verdict.sentence, paths.source(name));
    return c.redirect(`${paths.source(name)}?said=${said}`);
  };
}

export function removeSource(ports: Ports): Action {
  return async (c) => {
    const name = c.req.param('name') ?? '';
    const typed = (await readForm(c)).text('name');
    if (typed !== name) {
      return refused(
        c,
        'To remove a source, its name must be typed, and this was another one.',
        paths.source(name),
      );
    }
    const verdict = await ports.sources.removeSource(name, readVisitor(c).account.id);
    if (verdict.kind === 'refused') return refused(c, verdict.sentence, paths.source(name));
    return c.redirect(`${paths.sources}?said=source-removed`);
  };
}

/** Believes what a held scan saw after all. */
export function acceptScan(ports: Ports): Action {
  return async (c) => {
    const id = asId<ScanId>(Number(c.req.param('id')));
    const verdict = await ports.sources.acceptHeldScan(id, readVisitor(c).account.id);
    if (verdict.kind === 'refused') return refused(c, verdict.sentence, paths.scan(id));
    return c.redirect(`${paths.sources}?said=scan-accepted`);
  };
}

function refused(c: SiteContext, sentence: string, back: string) {
  return problemPage(c, {
    status: 409,
    title: 'This was not done',
    happened: sentence,
    kept: 'Everything is as it was.',
    next: html`<a class="btn plain" href="${back}">Back</a>`,
  });
}
