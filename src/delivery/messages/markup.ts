/** HTML that is safe to put into HTML; only `markup` makes it. */
export type Markup = { readonly html: string };
type Part = Markup | string | number | null | false | readonly Markup[];

/** Joins HTML, as a template tag: what is put in is escaped unless it is markup itself; null and false leave nothing. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const html = literals.reduce((text, literal, n) => text + writePart(parts[n - 1] ?? null) + literal);
  return { html };
}

function writePart(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map((one) => one.html).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
