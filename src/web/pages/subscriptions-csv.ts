import { html } from 'hono/html';
import { defaultThreshold, type Followed, type Subscription } from '../../alerts/subscription.ts';
import { readCsv, writeCsv } from '../csv.ts';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import { problemPage } from '../parts/problem-page.ts';
import { countOf } from '../parts/wording.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { readThreshold } from './subscriptions.ts';

const header = ['kind', 'what', 'title', 'threshold'] as const;
const maxBytes = 1_000_000;
type Ports = Pick<SitePorts, 'archive' | 'subscriptions' | 'findTechnologies' | 'clock'>;

/** All subscriptions as CSV, in a form that another kbalertz can read: by name, not by number. */
export function exportSubscriptions(ports: Ports): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const subscriptions = await ports.subscriptions.listSubscriptions(account.id);
    const sources = await ports.archive.listSources();
    const rows = await Promise.all(
      subscriptions.map(async (one) => [
        one.followed.kind,
        await nameFollowed(one, ports, sources),
        one.title,
        one.threshold,
      ]),
    );
    return c.body(writeCsv([header, ...rows]), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="kbalertz-subscriptions.csv"',
    });
  };
}

async function nameFollowed(
  { followed, title }: Subscription,
  ports: Ports,
  sources: Awaited<ReturnType<SitePorts['archive']['listSources']>>,
): Promise<string> {
  switch (followed.kind) {
    case 'technology':
      return title;
    case 'search':
      return followed.query;
    case 'source':
      return sources.find((source) => source.id === followed.sourceId)?.name ?? title;
    case 'article': {
      const article = await ports.archive.findArticle(followed.articleId);
      return article?.externalIds[0] ?? article?.url ?? title;
    }
  }
}

/** Follows what a CSV file lists: our own export, or any file whose first column has names of technologies. */
export function importSubscriptions(ports: Ports): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const file = (await readForm(c)).file('file');
    if (file === null || file.size > maxBytes) {
      return problemPage(c, {
        status: 400,
        title: 'The file was not read',
        happened: file === null ? 'No file came with the form.' : 'It is larger than one megabyte.',
        kept: 'Your subscriptions are as they were.',
        next: 'Go back and choose a CSV file.',
      });
    }
    const rows = readCsv(await file.text());
    const isOurs = rows[0]?.[0]?.trim().toLowerCase() === 'kind';
    const unknown: string[] = [];
    let added = 0;
    for (const row of isOurs ? rows.slice(1, 1001) : rows.slice(0, 1000)) {
      const [kind, what] = isOurs ? [row[0] ?? '', row[1] ?? ''] : ['technology', row[0] ?? ''];
      const followed = await findFollowed(ports, kind.trim(), what.trim());
      if (followed === null) {
        unknown.push(what.trim() || kind.trim());
        continue;
      }
      const outcome = await ports.subscriptions.follow({
        accountId: account.id,
        followed,
        threshold: readThreshold(row[3]?.trim() ?? '') ?? defaultThreshold,
        now: ports.clock.now(),
      });
      if (outcome.kind === 'followed') added += 1;
      else if (outcome.kind !== 'already-followed') unknown.push(what);
    }
    if (unknown.length === 0) return c.redirect(`${paths.account}?said=imported`);
    return renderPage(c, {
      title: 'Some lines were passed over',
      isPrivate: true,
      main: html`<div class="cols narrow"><div><h1>${added === 0 ? 'Nothing was added' : `${countOf(added, 'subscription')} added`}</h1>
<p class="lead">${countOf(unknown.length, 'line')} named nothing that we know:</p>
<ul class="plain">${unknown.slice(0, 50).map((name) => html`<li>${name.slice(0, 120)}</li>`)}</ul>
<p><a class="btn" href="${paths.account}">To your alerts</a></p></div></div>`,
    });
  };
}

async function findFollowed(ports: Ports, kind: string, what: string): Promise<Followed | null> {
  if (what === '') return null;
  if (kind === 'search') return { kind, query: what.slice(0, 500) };
  if (kind === 'technology') {
    const [found] = await ports.findTechnologies(what);
    return found === undefined ? null : { kind, technologyId: found.id };
  }
  if (kind === 'source') {
    const found = await ports.archive.findSource(what);
    return found === null ? null : { kind, sourceId: found.id };
  }
  if (kind === 'article') {
    const [found] = await ports.archive.findArticlesByName(what);
    return found === undefined ? null : { kind, articleId: found.id };
  }
  return null;
}
