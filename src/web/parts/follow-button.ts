import { html } from 'hono/html';
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

/** Follows at once when signed in; otherwise leads to signing up with it in mind. */
export function followButton(followable: Followable & { readonly text: string }): Markup {
  return html`<form method="post" action="/follow"><input type="hidden" name="follow" value="${nameFollowable(followable)}"><button class="btn plain">${followable.text}</button></form>`;
}
