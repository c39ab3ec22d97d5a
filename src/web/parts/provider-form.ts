import { html } from 'hono/html';
import { paths } from '../links.ts';
import type { Markup } from './markup.ts';

/** The button that signs in by the organisation's provider; null where none is set up. */
export function providerForm(
  provider: { readonly name: string } | null,
  carried: Markup | false = false,
): Markup | null {
  if (provider === null) return null;
  return html`<form method="post" action="${paths.signInWithProvider}">${carried}<div class="actions"><button class="btn plain">Sign in with ${provider.name}</button></div></form>`;
}
