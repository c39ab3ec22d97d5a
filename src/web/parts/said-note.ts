import { html } from 'hono/html';
import type { Markup } from './markup.ts';

/** What a page says after a form was sent to it; the address carries only the key. */
const sentences: Readonly<Record<string, { readonly text: string; readonly isBad?: true }>> = {
  followed: { text: 'You follow it from now on.' },
  'already-followed': { text: 'You follow it already.' },
  'too-many': { text: 'You follow 500 things, which is the most. Stop some to add others.', isBad: true },
  'not-found': {
    text: 'What you wanted to follow does not exist any more. Nothing was changed.',
    isBad: true,
  },
  unfollowed: { text: 'You do not follow it any more.' },
  saved: { text: 'Saved.' },
  paused: { text: 'Paused. Nothing is mailed until you resume.' },
  resumed: { text: 'Resumed.' },
};

export function saidNote(key: string | undefined): Markup | null {
  const said = key === undefined ? undefined : sentences[key];
  if (said === undefined) return null;
  return html`<div class="note ${said.isBad ? 'bad' : 'done'}" role="status"><p>${said.text}</p></div>`;
}
