import { html } from 'hono/html';
import type { Team } from '../../accounts/teams/team.ts';
import type { Markup } from './markup.ts';

/** What can be followed with one button: its kind and its number, or the query of a search. */
export type Followable = {
  readonly kind: 'technology' | 'article' | 'source' | 'search';
  readonly id: number | string;
};

/** How a form names what to follow: `article:12`, `search:0x80070002`. */
function nameFollowable(followable: Followable): string {
  return `${followable.kind}:${followable.id}`;
}

/**
 * Follows at once when signed in; otherwise leads to signing up with it in mind. `teams`: those of who is signed in,
 * for which it can be followed as well.
 */
export function followButton(
  followable: Followable & { readonly text: string },
  teams: readonly Pick<Team, 'slug' | 'name'>[] = [],
): Markup {
  const named = html`<input type="hidden" name="follow" value="${nameFollowable(followable)}">`;
  return html`<form method="post" action="/follow">${named}<button class="btn plain">${followable.text}</button></form>${
    teams.length > 0 &&
    html`<form method="post" action="/follow" class="actions">${named}<select name="team" aria-label="Team">${teams.map(({ slug, name }) => html`<option value="${slug}">${name}</option>`)}</select><button class="btn plain small">Follow for the team</button></form>`
  }`;
}
