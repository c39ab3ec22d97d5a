import { html } from 'hono/html';
import type { Markup } from './markup.ts';
import { countOf } from './wording.ts';

/** Whether programs lose their access, too: yes unless it is taken away. Says how many there are. */
export function endTokensBox(liveTokens: number): Markup {
  const about =
    liveTokens === 0 ? 'there are none now' : `${countOf(liveTokens, 'token')}: programs that use them stop`;
  return html`<label><input type="checkbox" name="tokens" value="end" checked> Also end API tokens <span class="quiet">(${about})</span></label>`;
}
