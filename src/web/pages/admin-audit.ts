import { html } from 'hono/html';
import type { AuditRecord } from '../../accounts/audit.ts';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import { choice, field } from '../parts/field.ts';
import { withParameters } from '../parts/filter-chips.ts';
import type { Markup } from '../parts/markup.ts';
import { minuteTag } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'accounts' | 'audit' | 'outbox'>;
const pageSize = 50;

/** What was done with rights, newest first, by whom and by what. */
export function showAudit(ports: Ports): Action {
  return async (c) => {
    const action = c.req.query('action') ?? '';
    const who = (c.req.query('who') ?? '').trim();
    const before = Number(c.req.query('before') ?? Number.NaN);
    const actor = who === '' ? null : await ports.accounts.findAccountByAddress(who);
    const isUnknown = who !== '' && actor === null;
    const [actions, found] = await Promise.all([
      ports.audit.listActions(),
      isUnknown
        ? []
        : ports.audit.listAudit({
            limit: pageSize + 1,
            before: Number.isSafeInteger(before) ? before : undefined,
            action: action === '' ? undefined : action,
            actor: actor?.id,
          }),
    ]);
    const records = found.slice(0, pageSize);
    const last = records.at(-1);
    const nouns = [...new Set(actions.map((one) => one.split('.')[0] ?? one))];
    const options = [
      { value: '', text: 'everything' },
      ...nouns.map((noun) => ({ value: noun, text: `all of ${noun}` })),
      ...actions.map((one) => ({ value: one, text: one })),
    ];
    const main = html`<p class="lead">What was done with rights. Entries can be added, never changed or removed: the database refuses it, and <code>kbalertz audit --verify</code> shows whether each still follows from the one before.</p>
<form class="row" action="${paths.audit}">${choice({ label: 'What', name: 'action', value: action, options })}
${field({ label: 'Who', name: 'who', type: 'search', value: who, hint: 'A whole address' })}<button class="btn plain">Filter</button></form>
${records.length === 0 ? html`<p class="lead">${isUnknown ? 'No account has this address.' : 'Nothing like that was recorded.'}</p>` : auditTable(records)}
<nav class="pager" aria-label="Pages">${found.length > pageSize && last !== undefined && html`<a rel="next" href="${withParameters(c.req.url, { before: String(last.id) })}">Earlier</a>`}</nav>`;
    return adminPage(c, { title: 'Audit trail', tab: paths.audit, main, hasOutbox: ports.outbox !== null });
  };
}

function auditTable(records: readonly AuditRecord[]): Markup {
  return html`<table class="table"><thead><tr><th>What</th><th>To</th><th>Who</th><th>When</th></tr></thead><tbody>
${records.map(
  (record) => html`<tr><td>${record.action}<br><span class="quiet">${describeDetail(record)}</span></td>
<td data-label="To">${nameSubject(record)}</td>
<td data-label="Who">${nameActor(record)}</td>
<td data-label="When">${minuteTag(record.at)}</td></tr>`,
)}</tbody></table>`;
}

function describeDetail({ detail }: AuditRecord): string {
  const { from, to, ...rest } = detail;
  const change = from === undefined || to === undefined ? [] : [`${from} → ${to}`];
  return [...change, ...Object.entries(rest).map(([name, value]) => `${name} ${value}`)].join(', ');
}

function nameActor({ actor, addresses }: AuditRecord): string {
  if (actor.kind === 'account') return addresses.get(actor.id) ?? `account ${actor.id}, gone`;
  return actor.kind === 'operator' ? 'the command line' : 'the program';
}

function nameSubject({ subject, addresses }: AuditRecord): string {
  const number = /^account:(\d+)$/.exec(subject)?.[1];
  if (number === undefined) return subject.replace(':', ' ');
  return addresses.get(Number(number)) ?? `account ${number}, gone`;
}
