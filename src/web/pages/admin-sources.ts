import { html } from 'hono/html';
import type { Scan, Source } from '../../knowledge/source.ts';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { describeCounts, scanTag } from '../parts/scan-words.ts';
import { sourceForm, valuesOf } from '../parts/source-form.ts';
import { minuteTag } from '../parts/time.ts';
import { countOf } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'archive' | 'sources' | 'outbox'>;
type Progress = { readonly snapshots: number; readonly changes: number } | null;

/** All sources with their last scan. */
export function showSources(ports: Ports): Action {
  return async (c) => {
    const sources = await ports.archive.listSources();
    const rows = await Promise.all(
      sources.map(async (source) => {
        const [last] = await ports.archive.listScans({ sourceId: source.id, limit: 1 });
        return { source, last: last ?? null, progress: ports.sources.readProgress(source.name) };
      }),
    );
    const isRunning = rows.some(({ last, progress }) => progress !== null || last?.state === 'running');
    const main = html`<div${isRunning && html` data-refresh-seconds="2"`}>
${sources.length === 0 ? html`<p class="lead">No knowledge base is watched yet.</p>` : sourcesTable(rows)}
<div class="actions"><a class="btn" href="${paths.sources}/new">Add a source</a></div></div>`;
    return adminPage(c, { title: 'Sources', tab: paths.sources, main, hasOutbox: ports.outbox !== null });
  };
}

function sourcesTable(rows: readonly { source: Source; last: Scan | null; progress: Progress }[]): Markup {
  return html`<table class="table controls"><thead><tr><th>Source</th><th>Last scan</th><th>What it found</th><th><span class="hidden">Actions</span></th></tr></thead><tbody>
${rows.map(
  ({ source, last, progress }) => html`<tr>
<td><a href="${paths.source(source.name)}"><strong>${source.title}</strong></a>${source.state === 'paused' && html` <span class="quiet">paused</span>`}<br><span class="quiet">${source.name} · ${source.kind}</span></td>
<td>${progress !== null ? html`<span class="kind changed">Running</span>` : last === null ? html`<span class="quiet">not yet</span>` : html`${scanTag(last)}<br><span class="quiet">${minuteTag(last.startedAt)}</span>`}</td>
<td>${progress !== null ? describeProgress(progress) : last === null ? '' : html`<a href="${paths.scan(last.id)}">${last.problem ?? (describeCounts(last) || 'as before')}</a>`}</td>
<td><form method="post" action="${paths.source(source.name)}/scan"><button class="btn plain small">Scan now</button></form></td></tr>`,
)}</tbody></table>`;
}

function describeProgress({ snapshots, changes }: NonNullable<Progress>): string {
  return `${countOf(snapshots, 'snapshot')} and ${countOf(changes, 'change')} so far`;
}

/** One source: its settings, its scans, and what can be done with it. */
export function showSource(ports: Ports): Action {
  return async (c) => {
    const source = await ports.archive.findSource(c.req.param('name') ?? '');
    if (source === null) return notFoundPage(c, 'source');
    const [scans, nextAt] = await Promise.all([
      ports.archive.listScans({ sourceId: source.id, limit: 10 }),
      ports.sources.findNextScanAt(source.name),
    ]);
    const progress = ports.sources.readProgress(source.name);
    const isRunning = progress !== null || scans[0]?.state === 'running';
    const isPaused = source.state === 'paused';
    const main = html`<div${isRunning && html` data-refresh-seconds="2"`}>
<p class="lead">${isPaused ? 'Paused: it is not visited.' : nextAt === null ? 'Its next visit is not planned yet.' : html`Next visit ${minuteTag(nextAt)}.`} ${progress !== null && `A scan is running: ${describeProgress(progress)}.`}</p>
<div class="actions">
<form method="post" action="${paths.source(source.name)}/scan"><button class="btn"${isRunning && html` disabled`}>Scan now</button></form>
<form method="post" action="${paths.source(source.name)}/${isPaused ? 'resume' : 'pause'}"><button class="btn plain">${isPaused ? 'Resume' : 'Pause'}</button></form></div>
<h2>Last scans</h2>
${scans.length === 0 ? html`<p>None yet.</p>` : html`<ol class="log">${scans.map(scanEntry)}</ol>`}
<details><summary><h2>Settings</h2></summary>${sourceForm({ action: paths.source(source.name), values: valuesOf(source), isNew: false })}</details>
<details><summary><h2>Remove it</h2></summary><form method="post" action="${paths.source(source.name)}/remove"><p>All its articles, revisions and changes go with it, for good. To keep them and only stop the visits, pause it.</p>
<label class="field"><span>Type “${source.name}” to remove it</span><input name="name" autocomplete="off"></label><button class="btn danger">Remove ${source.title}</button></form></details></div>`;
    return adminPage(c, { title: source.title, tab: paths.sources, main, hasOutbox: ports.outbox !== null });
  };
}

export function scanEntry(scan: Scan): Markup {
  const found = describeCounts(scan);
  return html`<li>${scanTag(scan)}<div>
<p class="why">${scan.problem ?? (found === '' ? 'Everything as before.' : `${found}.`)}</p>
<p class="meta"><a href="${paths.scan(scan.id)}">scan ${scan.id}</a> · ${minuteTag(scan.startedAt)}${scan.baseline && ' · baseline, alerts nobody'}${scan.warnings.length > 0 && ` · ${countOf(scan.warnings.length, 'warning')}`}</p></div></li>`;
}
