import { html } from 'hono/html';
import { asId, type ScanId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import { bulkEditEntry, changeEntry } from '../parts/change-entry.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { describeCounts, scanTag } from '../parts/scan-words.ts';
import { formatDuration, minuteTag } from '../parts/time.ts';
import { countOf, formatNumber } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { scanEntry } from './admin-sources.ts';

type Ports = Pick<SitePorts, 'archive' | 'outbox' | 'clock'>;
const shownScans = 60;
const shownChanges = 50;
const shownWarnings = 200;

/** The last scans of all sources. */
export function showScans(ports: Ports): Action {
  return async (c) => {
    const scans = await ports.archive.listScans({ limit: shownScans });
    const main =
      scans.length === 0
        ? html`<p class="lead">Nothing was scanned yet. <a href="${paths.sources}">To the sources</a></p>`
        : html`<ol class="log">${scans.map(scanEntry)}</ol>`;
    return adminPage(c, { title: 'Scans', tab: paths.scans, main, hasOutbox: ports.outbox !== null });
  };
}

/** One scan: how it ended, what it passed over and why, and what it changed. */
export function showScan(ports: Ports): Action {
  return async (c) => {
    const scan = await ports.archive.findScan(asId<ScanId>(Number(c.req.param('id'))));
    if (scan === null) return notFoundPage(c, 'scan');
    const [sources, changes, bulkEdits] = await Promise.all([
      ports.archive.listSources(),
      ports.archive.listChanges({
        scanId: scan.id,
        limit: shownChanges,
        leastSignificance: 'minor',
        withoutBulkEdits: true,
      }),
      ports.archive.listBulkEdits({ scanId: scan.id, limit: 20 }),
    ]);
    const source = sources.find((one) => one.id === scan.sourceId);
    const took = scan.endedAt === null ? null : formatDuration(scan.endedAt - scan.startedAt);
    const main = html`<div${scan.state === 'running' && html` data-refresh-seconds="2"`}>
${scan.problem !== null && html`<div class="note bad"><p>${scan.problem}</p></div>`}
${scan.state === 'held' && html`<form method="post" action="${paths.scan(scan.id)}/accept" class="actions"><button class="btn">Accept what it saw</button><span class="quiet">Articles that are gone are then retired.</span></form>`}
<dl class="facts">
<dt>Outcome</dt><dd>${scanTag(scan)}</dd>
<dt>Source</dt><dd>${source === undefined ? 'removed' : html`<a href="${paths.source(source.name)}">${source.title}</a>`}</dd>
<dt>Began</dt><dd>${minuteTag(scan.startedAt)}${took !== null && `, took ${took}`}</dd>
${scan.asOf !== null && html`<dt>Shows it as of</dt><dd>${minuteTag(scan.asOf)}</dd>`}
${scan.articleCount !== null && html`<dt>Articles read</dt><dd class="num">${formatNumber(scan.articleCount)}</dd>`}
<dt>Found</dt><dd>${describeCounts(scan) || 'everything as before'}</dd>
${scan.baseline && html`<dt>Alerts</dt><dd>nobody: it is the baseline, or imported history</dd>`}
${scan.proof !== null && html`<dt>Proof</dt><dd><code>${scan.proof}</code></dd>`}
</dl>
${scan.warnings.length > 0 && html`<h2>Passed over <span class="quiet">${countOf(scan.warnings.length, 'warning')}; the rest was read</span></h2><ul class="plain">${scan.warnings.slice(0, shownWarnings).map((warning) => html`<li>${warning}</li>`)}</ul>`}
${changes.length + bulkEdits.length > 0 && html`<h2>What changed</h2><ol class="log">${bulkEdits.map(bulkEditEntry)}${changes.map((change) => changeEntry(change))}</ol>`}
</div>`;
    return adminPage(c, {
      title: `Scan ${scan.id}`,
      tab: paths.scans,
      main,
      hasOutbox: ports.outbox !== null,
    });
  };
}
