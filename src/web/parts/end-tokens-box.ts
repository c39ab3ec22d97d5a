import { html } from 'hono/html';
import type { Markup } from './markup.ts';
import { countOf } from './wording.ts';

/** Whether programs lose their access, too: yes unless it is taken away. Shown where there are any. */
export function endTokensBox(liveTokens: number): Markup {
  if (liveTokens === 0) return html`<input type="hidden" name="tokens" value="end">`;
  const about = `${countOf(liveTokens, 'token')}: what uses ${liveTokens === 1 ? 'it' : 'them'} stops`;
  return html`<label><input type="checkbox" name="tokens" value="end" checked> Also end API tokens <span class="quiet">(${about})</span></label>`;
}
