import { html } from 'hono/html';
import { paths } from '../links.ts';
import { field } from './field.ts';
import type { Markup } from './markup.ts';

/** Address alone; the script adds the browser's time zone. `follow` is what to follow once the address is proven. */
export function signUpForm(form: {
  readonly button: string;
  readonly address?: string;
  readonly fault?: string;
  readonly follow?: string;
}): Markup {
  return html`<form method="post" action="${paths.signUp}">
${field({
  label: 'E-mail',
  name: 'address',
  type: 'email',
  value: form.address ?? '',
  autocomplete: 'email',
  isRequired: true,
  ...(form.fault !== undefined && { fault: form.fault }),
})}
<input type="hidden" name="zone" data-zone>
${form.follow !== undefined && html`<input type="hidden" name="follow" value="${form.follow}">`}
<button class="btn">${form.button}</button>
</form>`;
}
