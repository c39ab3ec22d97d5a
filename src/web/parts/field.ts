import { html } from 'hono/html';
import type { Markup } from './markup.ts';

export type Field = {
  readonly label: string;
  readonly name: string;
  readonly type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'date';
  readonly value?: string;
  readonly hint?: string;
  /** What is wrong with the value, in a sentence. */
  readonly fault?: string;
  readonly autocomplete?: string;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly maxLength?: number;
};

/** A labelled input; hint and fault are read with it. */
export function field(given: Field): Markup {
  const hintId = `${given.name}-hint`;
  const faultId = `${given.name}-fault`;
  const described = [given.hint && hintId, given.fault && faultId].filter(Boolean).join(' ');
  return html`<label class="field"><span>${given.label}</span>
${given.hint && html`<span class="quiet" id="${hintId}">${given.hint}</span>`}
<input type="${given.type ?? 'text'}" name="${given.name}"${given.value && html` value="${given.value}"`}${given.autocomplete && html` autocomplete="${given.autocomplete}"`}${given.placeholder && html` placeholder="${given.placeholder}"`}${given.maxLength && html` maxlength="${given.maxLength}"`}${given.isRequired && html` required`}${described !== '' && html` aria-describedby="${described}"`}${given.fault && html` aria-invalid="true"`}>
${given.fault && html`<span class="fault" id="${faultId}">${given.fault}</span>`}
</label>`;
}

/** A labelled choice of one. */
export function choice(given: {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
}): Markup {
  return html`<label class="field"><span>${given.label}</span><select name="${given.name}">
${given.options.map((option) => html`<option value="${option.value}"${option.value === given.value && html` selected`}>${option.text}</option>`)}
</select></label>`;
}
