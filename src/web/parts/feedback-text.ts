import { html } from 'hono/html';
import type { Standing } from '../../community/feedback.ts';
import { readFeedbackText, type TextSpan } from '../../community/feedback-text.ts';
import { findDestructiveCommands } from '../../community/warnings.ts';
import type { Markup } from './markup.ts';
import { listOf } from './wording.ts';

/** What a reader wrote, escaped; links say that they are not ours, and those of unproven writers count for nothing. */
export function feedbackText(text: string, standing: Standing): Markup {
  const rel = standing === 'trusted' ? 'ugc noreferrer noopener' : 'ugc nofollow noreferrer noopener';
  const span = ({ kind, text: words, ...rest }: TextSpan & { readonly href?: string }) => {
    if (kind === 'code') return html`<code>${words}</code>`;
    return kind === 'link' ? html`<a href="${rest.href ?? ''}" rel="${rel}">${words}</a>` : words;
  };
  return html`<div class="said">${readFeedbackText(text).map((block) =>
    block.kind === 'code'
      ? html`<pre tabindex="0"><code>${block.text}</code></pre>`
      : html`<p>${block.spans.map(span)}</p>`,
  )}</div>`;
}

/** A visible warning of commands that destroy data; null where there are none. */
export function destructionNote(text: string): Markup | null {
  const commands = findDestructiveCommands(text);
  if (commands.length === 0) return null;
  const words = commands.map(({ command, does }) => `${command} ${does}`);
  return html`<p class="fault"><strong>Careful:</strong> ${listOf(words)}. There is no way back; have a backup, and know why you do it.</p>`;
}
