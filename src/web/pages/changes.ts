import { html } from 'hono/html';
import type { BulkEdit, ChangeFilter, ChangeWithArticle } from '../../knowledge/archive.ts';
import { type Significance, significances } from '../../knowledge/change.ts';
import { asId, type BulkEditId, type ChangeId, type Instant } from '../../knowledge/ids.ts';
import type { Source } from '../../knowledge/source.ts';
import { sortByName, type Technology } from '../../knowledge/technology.ts';
import { paths } from '../links.ts';
import { changeEntry } from '../parts/change-entry.ts';
import { dayGroups } from '../parts/day-groups.ts';
import { feedLinks, type PageFeed } from '../parts/feed-links.ts';
import { choice } from '../parts/field.ts';
import { filterChips, withParameters } from '../parts/filter-chips.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { formatLongDay } from '../parts/time.ts';
import { countOf } from '../parts/wording.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

const pageSize = 40;
const dayMs = 86_400_000;

const levels = [
  { value: null, text: 'What readers can see' },
  { value: 'material', text: 'What matters' },
  { value: 'invisible', text: 'Every edit' },
] as const;

/** The stream of all changes, newest first, with filters; a bulk edit is one line. */
export function showChanges(ports: Pick<SitePorts, 'archive'>): Action {
  return async (c) => {
    const bulk = c.req.query('bulk');
    if (bulk !== undefined) return showBulkEdit(ports, c, Number(bulk));
    const [technologies, sources] = await Promise.all([
      ports.archive.listTechnologies(),
      ports.archive.listSources(),
    ]);
    const asked = readFilter(c, technologies, sources);
    const changes = await ports.archive.listChanges({ ...asked.filter, limit: pageSize + 1 });
    const page = changes.slice(0, pageSize);
    const hasMore = changes.length > pageSize;
    const bulkEdits = await listBulkEditsBeside(ports.archive, asked, page, hasMore);
    const url = `${c.req.path}${new URL(c.req.url).search}`;
    const last = page.at(-1);
    const feed = feedOf(asked);
    const main = html`<div class="cols"><div>
<h1>${titleOf(asked)}</h1>
<div class="actions">${filterChips({ label: 'How much', url, name: 'from', value: asked.level, options: levels })}</div>
${page.length + bulkEdits.length === 0 ? nothingHere(asked) : dayGroups(page, bulkEdits)}
<nav class="pager" aria-label="Pages">
${asked.filter.before !== undefined && html`<a href="${withParameters(url, {})}">Newest</a>`}
${hasMore && last !== undefined && html`<a rel="next" href="${withParameters(url, { before: String(last.id) })}">Earlier</a>`}
</nav>
</div>
<aside class="rail"><section><h2>Only</h2>${filterForm(asked, technologies, sources)}</section>
<section><p class="quiet">${feedLinks(feed)}</p></section></aside></div>`;
    return renderPage(c, { title: titleOf(asked), main, isPrivate: new URL(c.req.url).search !== '', feed });
  };
}

type Asked = {
  readonly filter: Omit<ChangeFilter, 'limit'>;
  readonly level: string | null;
  readonly technology: Technology | null;
  readonly source: Source | null;
  readonly day: string;
};

function readFilter(c: SiteContext, technologies: readonly Technology[], sources: readonly Source[]): Asked {
  const technology = technologies.find((one) => one.slug === c.req.query('technology')) ?? null;
  const source = sources.find((one) => one.name === c.req.query('source')) ?? null;
  const least = significances.find((one) => one === c.req.query('from')) ?? 'minor';
  const day = c.req.query('day') ?? '';
  const startsAt = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  const before = c.req.query('before');
  return {
    technology,
    source,
    level: levels.some((level) => level.value === least) ? least : null,
    day: Number.isNaN(startsAt) ? '' : day,
    filter: {
      withoutBulkEdits: true,
      leastSignificance: least satisfies Significance,
      ...(technology !== null && { technologyId: technology.id }),
      ...(source !== null && { sourceId: source.id }),
      ...(!Number.isNaN(startsAt) && {
        occurredFrom: asId<Instant>(startsAt),
        occurredBefore: asId<Instant>(startsAt + dayMs),
      }),
      ...(before !== undefined &&
        /^[1-9]\d{0,14}$/.test(before) && { before: asId<ChangeId>(Number(before)) }),
    },
  };
}

/** The bulk edits of the days that the page shows, as far as the filters take them. */
async function listBulkEditsBeside(
  archive: SitePorts['archive'],
  asked: Asked,
  page: readonly ChangeWithArticle[],
  hasMore: boolean,
): Promise<BulkEdit[]> {
  const { filter } = asked;
  const least = filter.leastSignificance ?? 'minor';
  const oldest = hasMore ? page.at(-1)?.occurredAt : undefined;
  const newest = filter.before === undefined ? undefined : page[0]?.occurredAt;
  const edits = await archive.listBulkEdits({
    limit: 40,
    ...(filter.occurredFrom !== undefined && { occurredFrom: filter.occurredFrom }),
    ...(filter.occurredBefore !== undefined && { occurredBefore: filter.occurredBefore }),
    ...(oldest !== undefined && { occurredFrom: asId<Instant>(oldest + 1) }),
    ...(newest !== undefined && { occurredBefore: asId<Instant>(newest + 1) }),
  });
  const reached = edits.filter(
    (edit) => significances.indexOf(edit.significance) >= significances.indexOf(least),
  );
  if (filter.technologyId === undefined && filter.sourceId === undefined) return reached;
  const { technologyId, sourceId } = filter;
  const touches = await Promise.all(
    reached.map((edit) =>
      archive.listChanges({
        limit: 1,
        bulkEditId: edit.id,
        ...(technologyId !== undefined && { technologyId }),
        ...(sourceId !== undefined && { sourceId }),
      }),
    ),
  );
  return reached.filter((_, n) => (touches[n]?.length ?? 0) > 0);
}

/** That of the technology or the source, else of everything; a feed has no day. */
function feedOf({ technology, source, filter }: Asked): PageFeed {
  const query = filter.leastSignificance === 'material' ? '' : `?from=${filter.leastSignificance}`;
  if (technology !== null) {
    return { title: `Changes of ${technology.name}`, path: paths.feedOfTechnology(technology.slug), query };
  }
  if (source !== null)
    return { title: `Changes in ${source.title}`, path: paths.feedOfSource(source.name), query };
  return { title: 'All changes', path: paths.feedOfChanges, query };
}

function titleOf({ technology, source, day }: Asked): string {
  const of = technology === null ? '' : ` of ${technology.name}`;
  const from = source === null ? '' : ` in ${source.title}`;
  const on = day === '' ? '' : `, ${formatLongDay(Date.parse(day))}`;
  return `Changes${of}${from}${on}`;
}

function nothingHere({ technology, source, day, level }: Asked): Markup {
  const isFiltered = technology !== null || source !== null || day !== '' || level === 'material';
  return isFiltered
    ? html`<p class="lead">No change is like that. <a href="${paths.changes}">See all changes</a></p>`
    : html`<p class="lead">Nothing has changed since the first scan. Come back after the next night.</p>`;
}

function filterForm(
  { technology, source, day, level }: Asked,
  technologies: readonly Technology[],
  sources: readonly Source[],
): Markup {
  const any = { value: '', text: 'any' };
  const byName = sortByName(technologies);
  return html`<form action="${paths.changes}">
${level !== null && html`<input type="hidden" name="from" value="${level}">`}
${choice({ label: 'Technology', name: 'technology', value: technology?.slug ?? '', options: [any, ...byName.map((one) => ({ value: one.slug, text: one.name }))] })}
${sources.length > 1 && choice({ label: 'Source', name: 'source', value: source?.name ?? '', options: [any, ...sources.map((one) => ({ value: one.name, text: one.title }))] })}
<label class="field"><span>Day</span><input type="date" name="day" value="${day}"></label>
<button class="btn plain small">Show</button></form>`;
}

async function showBulkEdit(ports: Pick<SitePorts, 'archive'>, c: SiteContext, id: number) {
  const edit = Number.isSafeInteger(id) ? await ports.archive.findBulkEdit(asId<BulkEditId>(id)) : null;
  if (edit === null) return notFoundPage(c, 'bulk edit');
  const before = Number(c.req.query('before') ?? Number.NaN);
  const changes = await ports.archive.listChanges({
    bulkEditId: edit.id,
    limit: pageSize + 1,
    ...(Number.isSafeInteger(before) && { before: asId<ChangeId>(before) }),
  });
  const page = changes.slice(0, pageSize);
  const last = page.at(-1);
  return renderPage(c, {
    title: edit.sentence,
    isPrivate: true,
    main: html`<div class="cols narrow"><div>
<p class="crumbs"><a href="${paths.changes}">Changes</a></p>
<h1>${edit.sentence}</h1>
<p class="lead">The same edit in ${countOf(edit.articleCount, 'article')}, ${formatLongDay(edit.occurredAt)}. ${edit.significance === 'material' ? 'It may matter to you: see what it says.' : 'It changes nothing that a reader would act on, so it is in no one’s mail.'}</p>
<ol class="log">${page.map((change) => changeEntry(change))}</ol>
<nav class="pager" aria-label="Pages">${changes.length > pageSize && last !== undefined && html`<a rel="next" href="${paths.bulkEdit(edit.id)}&amp;before=${last.id}">More of them</a>`}</nav>
</div></div>`,
  });
}
