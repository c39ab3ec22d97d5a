import { html } from 'hono/html';
import type { BulkEdit, ChangeWithArticle } from '../../knowledge/archive.ts';
import { bulkEditEntry, changeEntry } from './change-entry.ts';
import type { Markup } from './markup.ts';
import { formatLongDay } from './time.ts';

const rank = { material: 0, minor: 1, invisible: 2 } as const;

/** The log by day, newest day first, and on each day what matters first; bulk edits last. */
export function dayGroups(
  changes: readonly ChangeWithArticle[],
  bulkEdits: readonly BulkEdit[],
  timeZone = 'UTC',
  headingLevel: 2 | 3 = 2,
): Markup {
  const days = new Map<string, { changes: ChangeWithArticle[]; bulkEdits: BulkEdit[] }>();
  const dayOf = (at: number) => {
    const name = formatLongDay(at, timeZone);
    const day = days.get(name) ?? { changes: [], bulkEdits: [] };
    days.set(name, day);
    return day;
  };
  const newestFirst = [
    ...changes.map((change) => ({
      at: change.occurredAt,
      add: () => dayOf(change.occurredAt).changes.push(change),
    })),
    ...bulkEdits.map((edit) => ({
      at: edit.occurredAt,
      add: () => dayOf(edit.occurredAt).bulkEdits.push(edit),
    })),
  ].sort((a, b) => b.at - a.at);
  for (const entry of newestFirst) entry.add();
  return html`<ol class="log">${[...days].map(([name, day]) => {
    const sorted = day.changes.sort((a, b) => rank[a.significance] - rank[b.significance]);
    const heading = headingLevel === 2 ? html`<h2>${name}</h2>` : html`<h3>${name}</h3>`;
    return html`<li class="day">${heading}</li>${sorted.map((change) => changeEntry(change))}${day.bulkEdits.map(bulkEditEntry)}`;
  })}</ol>`;
}
