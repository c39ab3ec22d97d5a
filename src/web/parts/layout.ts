import { html } from 'hono/html';
import { hasRole } from '../../accounts/account.ts';
import { paths } from '../links.ts';
import { assets } from '../serving/assets.ts';
import type { SiteContext, Visitor } from '../site-app.ts';
import { feedDiscovery, type PageFeed } from './feed-links.ts';
import type { Markup } from './markup.ts';

export type Page = {
  /** Of the browser's tab, without the site's name; null: the site's name alone. */
  readonly title: string | null;
  readonly main: Markup;
  readonly description?: string;
  /** Where this content lives for good, as a path. */
  readonly canonical?: string;
  /** Search engines should pass it over: accounts, filters, secrets. */
  readonly isPrivate?: boolean;
  /** What the search box shows. */
  readonly query?: string;
  /** Whole URL of a page elsewhere that the browser goes on to by itself. */
  readonly goesOnTo?: string;
  /** Loads the script that asks the browser for passkeys. */
  readonly usesPasskeys?: boolean;
  /** Loads the script that asks the browser for push messages. */
  readonly usesPush?: boolean;
  /** What the page shows, as a feed. */
  readonly feed?: PageFeed;
};

/** Answers with a page in the site's frame, and leaves its text for those who keep it: an answer is slow to read. */
export function renderPage(
  c: SiteContext,
  page: Page,
  status: 200 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 429 | 500 | 503 = 200,
) {
  const markup = frame(page, { visitor: c.get('visitor') ?? null, path: c.req.path });
  c.set('page', markup instanceof Promise || status !== 200 ? null : String(markup));
  return c.html(markup, status);
}

function frame(page: Page, at: { visitor: Visitor | null; path: string }): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title === null ? 'kbalertz' : `${page.title} · kbalertz`}</title>
${page.description && html`<meta name="description" content="${page.description}">`}
${page.isPrivate && html`<meta name="robots" content="noindex">`}
${page.canonical && html`<link rel="canonical" href="${page.canonical}">`}
${page.goesOnTo && html`<meta http-equiv="refresh" content="0; url=${page.goesOnTo}">`}
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${assets.styles.href}">
<link rel="icon" href="${assets.icon.href}" type="image/svg+xml">
<link rel="search" href="/opensearch.xml" type="application/opensearchdescription+xml" title="kbalertz">
${page.feed && feedDiscovery(page.feed)}
<script src="${assets.script.href}" defer blocking="render"></script>
${
  page.usesPasskeys &&
  html`<script src="${assets.passkeys.href}" defer blocking="render"></script>
`
}${
  page.usesPush &&
  html`<script src="${assets.push.href}" defer blocking="render"></script>
`
}</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="mast"><div class="wrap">
<a class="mark" href="/">kbalertz</a>
<form class="find" action="/search" role="search">
<input type="search" name="q" value="${page.query ?? ''}" aria-label="Search articles" placeholder="Error code, KB number, message or words" autocomplete="off" maxlength="500">
<button>Find</button>
</form>
<nav aria-label="Main">${navigation(at)}</nav>
</div></header>
<main id="main"><div class="wrap">
${page.main}
</div></main>
<footer><div class="wrap">
<p>Articles belong to their publishers and keep their licences. kbalertz keeps copies so that you can see what changed.</p>
<a href="${paths.help}">Guide</a>
<a href="${paths.status}">Source health</a>
<a href="${paths.advancedSearch}">Advanced search</a>
</div></footer>
</body>
</html>`;
}

function navigation({ visitor, path }: { visitor: Visitor | null; path: string }): Markup[] {
  const link = (href: string, text: string | Markup, isHere = path === href || path.startsWith(`${href}/`)) =>
    html`<a href="${href}"${isHere && html` aria-current="page"`}>${text}</a>`;
  // A role that waits for a passkey has its links, which say so.
  const { role } = visitor?.heldBack ?? visitor?.account ?? { role: 'reader' };
  const isAdministrator = hasRole({ role }, 'administrator');
  const canCurate = !isAdministrator && hasRole({ role }, 'curator');
  const isModerator = canCurate && hasRole({ role }, 'moderator');
  return [
    link(paths.changes, 'Changes'),
    link(paths.technologies, 'Technologies'),
    ...(isAdministrator
      ? [
          link(
            paths.sources,
            html`Admin<span class="only-wide-inline">istration</span>`,
            /^\/(admin|outbox|moderation|curation)\b/.test(path),
          ),
        ]
      : []),
    ...(canCurate
      ? [isModerator ? link(paths.moderation, 'Moderation') : link(paths.curation, 'Curation')]
      : []),
    visitor === null ? link(paths.signIn, 'Sign in') : link(paths.account, 'Account'),
  ];
}
