import { html } from 'hono/html';
import { maxNameLength, maxTextLength } from '../../community/community.ts';
import type { Article } from '../../knowledge/article.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { paths } from '../links.ts';
import { choice, field } from './field.ts';
import type { Markup } from './markup.ts';

/** What to ask a reader who tried it. */
export function feedbackForm(given: {
  readonly article: Article;
  readonly technologies: readonly Technology[];
  readonly isSignedIn: boolean;
  readonly takesAnonymous: boolean;
}): Markup {
  const { article, technologies, isSignedIn } = given;
  if (!isSignedIn && !given.takesAnonymous) {
    return html`<p><a href="${paths.signIn}">Sign in</a> to tell others how it went.</p>`;
  }
  const radio = (value: string, text: string) =>
    html`<label><input type="radio" name="outcome" value="${value}" required> ${text}</label>`;
  return html`<details><summary class="btn plain">Tell others how it went</summary>
<form method="post" action="${paths.article(article.id)}/feedback" class="card">
<input type="hidden" name="revision" value="${article.revision}">
<fieldset><legend>Did it work for you?</legend><div class="actions">${radio('yes', 'Yes')}${radio('partly', 'Partly')}${radio('no', 'No')}<label><input type="checkbox" name="harm" value="1"> It did harm: warn others</label></div></fieldset>
<fieldset class="row">
${technologies.length > 0 && choice({ label: 'On what', name: 'technology', value: '', options: [{ value: '', text: 'Something else' }, ...technologies.map(({ id, name }) => ({ value: String(id), text: name }))] })}
${field({ label: 'Version', name: 'version', maxLength: maxNameLength, placeholder: 'such as 23H2', autocomplete: 'off' })}
</fieldset>
<label class="field"><span>What you did, and what happened</span><span class="quiet" id="text-hint">Plain text. Lines between \`\`\` are code. Addresses, keys and passwords are masked before it is saved.</span><textarea name="text" maxlength="${maxTextLength}" aria-describedby="text-hint"${!isSignedIn && html` required`}></textarea></label>
${field({ label: 'Shown as', name: 'name', maxLength: maxNameLength, hint: isSignedIn ? 'Your address is never shown. Empty: “A reader”.' : 'Empty: “Anonymous user”. A moderator reads it before anybody else does.', autocomplete: 'nickname' })}
<button class="btn">Send</button>
</form></details>`;
}
