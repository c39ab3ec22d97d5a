import { foldText } from './fold-text.ts';

const tag = /<[^<>]{0,300}>/g;
const lineBreak = /<(?:br|li|\/li|p|\/p)\b[^<>]{0,100}>|[\r\n;•|]/i;
const markdownLink = /\[([^\]]{0,200})\]\([^)]{0,500}\)/g;
const marks = /^[\s\p{S}\p{Pd}*_#✅•·,;:!]+(?=[\p{L}\p{N}.(])|[\s*_✅✔☑,:]+$/gu;
const duplicateNote = /\s*-\s*duplicate \(do not use\)$/i;
const label = /^(?:applies to|original product version)\s*:\s*/i;
const entity = /&(amp|nbsp|lt|gt|quot|#39);/g;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  nbsp: ' ',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};

/**
 * Names of products from any shape that `appliesto` has had in Microsoft's front matter: a list, a list of maps
 * (`product:` or `name:`), one text with commas, HTML with `✅ <b>…</b>`. As the vendor writes them, without marks,
 * each once.
 */
export function readAppliesTo(value: unknown): string[] {
  const names = new Map<string, string>();
  collect(value, 0, (text) => {
    for (const name of splitNames(text)) {
      const key = name.toLowerCase();
      if (!names.has(key)) names.set(key, name);
    }
  });
  return [...names.values()].slice(0, 500);
}

function collect(value: unknown, depth: number, take: (text: string) => void): void {
  if (depth > 5) return;
  if (typeof value === 'string') take(value);
  else if (typeof value === 'number') take(String(value));
  else if (Array.isArray(value)) for (const item of value) collect(item, depth + 1, take);
  else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const named = entries.filter(([key]) => /^(product|name|title|displayname)s?$/i.test(key));
    for (const [, inner] of named.length > 0 ? named : entries) collect(inner, depth + 1, take);
  }
}

function splitNames(text: string): string[] {
  if (text.length > 10_000) return [];
  return text
    .replace(markdownLink, '$1')
    .replace(entity, (_, name: string) => entities[name] ?? ' ')
    .split(lineBreak)
    .flatMap((piece) => splitAtCommas(cleanName(piece)))
    .filter((name) => name.length > 1 && name.length <= 200);
}

function cleanName(text: string): string {
  const bare = foldText(text.replace(tag, ' '));
  return bare.replace(marks, '').replace(label, '').replace(duplicateNote, '').replace(marks, '');
}

/**
 * "Exchange Online,Exchange Online Archiving" names two products, "Directories, Domains, and Objects" one: commas part
 * names only when every piece could begin one.
 */
function splitAtCommas(text: string): string[] {
  if (!text.includes(',')) return [text];
  const pieces = text.split(/,(?![^()]{0,200}\))/).map((piece) => piece.trim());
  const canStartName = (piece: string) => /^[\p{Lu}\p{N}.]/u.test(piece) && !/^(And|Or)\b/.test(piece);
  return pieces.every((piece) => piece === '' || canStartName(piece)) ? pieces.map(cleanName) : [text];
}
