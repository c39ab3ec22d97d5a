import { html } from 'hono/html';
import { paths } from '../links.ts';
import type { Markup } from './markup.ts';

const tabs = [
  { href: paths.account, text: 'Alerts' },
  { href: paths.channels, text: 'Channels' },
  { href: paths.ownFeedback, text: 'Feedback' },
  { href: paths.accountSettings, text: 'Settings' },
  { href: paths.signingIn, text: 'Signing in' },
  { href: paths.tokens, text: 'Tokens' },
  { href: paths.teams, text: 'Teams' },
] as const;

export function accountTabs(here: string): Markup {
  return html`<nav class="tabs" aria-label="Account">${tabs.map(({ href, text }) => html`<a href="${href}"${href === here && html` aria-current="page"`}>${text}</a>`)}</nav>`;
}
