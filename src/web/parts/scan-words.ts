import { html } from 'hono/html';
import type { Scan, ScanState } from '../../knowledge/source.ts';
import type { Markup } from './markup.ts';
import { countOf, listOf } from './wording.ts';

const names: Readonly<Record<ScanState, { text: string; tone: string }>> = {
  running: { text: 'Running', tone: 'changed' },
  done: { text: 'Done', tone: 'new' },
  unchanged: { text: 'Nothing new', tone: 'minor' },
  failed: { text: 'Failed', tone: 'bad' },
  held: { text: 'Held back', tone: 'bad' },
};

export function scanTag(scan: Pick<Scan, 'state'>): Markup {
  const { text, tone } = names[scan.state];
  return html`<span class="kind ${tone}">${text}</span>`;
}

/** "2 new, 5 changed, 214 without a visible change" */
export function describeCounts(scan: Pick<Scan, 'counts' | 'baseline'>): string {
  const count = (name: string) => scan.counts[name] ?? 0;
  const parts = [
    [count('created'), scan.baseline ? 'taken in' : 'new'],
    [count('revised-material'), 'changed'],
    [count('revised-minor'), 'with minor edits'],
    [count('revised-invisible'), 'without a visible change'],
    [count('moved'), 'moved'],
    [count('retired'), 'retired'],
    [count('restored'), 'restored'],
  ] as const;
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number.toLocaleString('en')} ${what}`);
  const snapshots = count('snapshots') > 1 ? `, in ${countOf(count('snapshots'), 'snapshot')}` : '';
  return said.length === 0 ? '' : `${listOf(said)}${snapshots}`;
}
