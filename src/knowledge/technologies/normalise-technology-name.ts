const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  reg: '',
  trade: '',
  copy: '',
};

/** Longer values are sentences that ended up in a list of products. */
const maxNameLength = 200;

/** Nearly all names: nothing to clean away, and known so in a fraction of the time. */
const plainName = /^[A-Za-z0-9](?:[A-Za-z0-9.+#&()-]| (?! ))*[A-Za-z0-9)+#]$/;

/**
 * The name that a raw value of an "applies to" list shows a reader: without markup, check marks, labels such as
 * "Applies to:" and trade marks. '' where nothing is left.
 */
export function cleanTechnologyName(raw: string): string {
  if (raw.length <= maxNameLength && plainName.test(raw)) return raw;
  return raw
    .slice(0, 4 * maxNameLength)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(?:#(\d{1,7})|([a-z]+));/gi, (_, code: string | undefined, name: string | undefined) =>
      code === undefined ? (entities[name?.toLowerCase() ?? ''] ?? ' ') : readCodePoint(Number(code)),
    )
    .replace(/\[([^\]]*)\]\([^()]*\)/g, '$1')
    .normalize('NFKC')
    .replace(/[*_`"“”®™©\u200b-\u200f\ufeff]+/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}\p{N}.]+/u, '')
    .replace(/^(?:applies to|original product versions?|products?)\s*:\s*/i, '')
    .replace(/^[^\p{L}\p{N}.]+/u, '')
    .replace(/[\s,;:.!|/\\<-]+$/, '')
    .slice(0, maxNameLength)
    .trim();
}

function readCodePoint(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

/**
 * The key under which names are equal: "✅ Exchange Online", "Microsoft Exchange Online" and
 * "Exchange Online (EXO)" all have the key `exchange online`. '' for a value without a name.
 */
export function normaliseTechnologyName(raw: string): string {
  const key = cleanTechnologyName(raw)
    .replace(/(?<=.)\s*\((?!free\b|classic\b)[A-Z][A-Za-z0-9]{1,6}\)$/, '')
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/&/g, ' and ')
    .replace(/[.']+(?![\p{L}\p{N}.'])/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}.+#']+/gu, ' ')
    .replace(/^[^\p{L}\p{N}.]+/u, '')
    .trim();
  return key.replace(/^(?:microsoft )+(?=\p{L}|\.)/u, '');
}

/** Whether a cleaned value names a product at all, unlike "All versions", "Windows users" or a ticket's number. */
export function isTechnologyName(name: string): boolean {
  if (name.length < 2 || name.length >= maxNameLength || !/\p{L}{2}|\p{L}\d/u.test(name)) return false;
  return !notTechnologies.some((pattern) => pattern.test(name));
}

const notTechnologies: readonly RegExp[] = [
  /^(?:all|any|every|multiple|various|other|none|unknown|n\/a|not applicable|tbd|todo|see below|null|undefined)\b(?:\s+(?:supported\s+)?(?:versions?|products?|editions?|platforms?|users?|of the above))?$/i,
  /^(?:all|any)\s+(?:supported\s+)?(?:versions?|products?|editions?|users?)\b/i,
  /\b(?:users|administrators|admins|customers|it pros|partners|developers|everyone)$/i,
  /^(?:add|insert|choose|select) (?:product|value|technolog)/i,
  /^(?:ci|id|kb|css|ticket|case)?[\s#-]*\d+$/i,
  /^(?:microsoft)$/i,
  /^(?:https?:|www\.|vers:)/i,
  /\bmodern support$/i,
  /^(?:[vV]?\d+(?:[.\d]*\d)?(?: (?:and|or) (?:later|earlier|newer|older))?)$/,
];
