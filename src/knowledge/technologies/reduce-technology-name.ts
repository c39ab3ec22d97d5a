import { normaliseTechnologyName } from './normalise-technology-name.ts';

const editions = [
  'enterprise cal',
  'enterprise',
  'standard',
  'datacenter',
  'essentials',
  'foundation',
  'professional plus',
  'professional academic',
  'professional',
  'pro',
  'premium',
  'ultimate',
  'home and student',
  'home and business',
  'home premium',
  'home basic',
  'home use program',
  'home',
  'basic',
  'starter n',
  'starter',
  'small business',
  'education',
  'developer',
  'express',
  'web',
  'rt',
  'ltsc',
  'edition',
  'version',
  'suites?',
  'x64',
  '(?:32|64) ?bit',
];

/**
 * What can be left out of a key, one step at a time, until a known product is left. Each is applied to the result
 * of those before. Order matters: what follows a version first, then editions, then spellings of one product.
 */
const steps: readonly (readonly [RegExp, string])[] = [
  [/^\d(?=microsoft )/, ''],
  [/^microsoft (?=\D)/, ''],
  [/ via .*$/, ''],
  [/ duplicate(?: do not use)?$/, ''],
  [/^(?:all|any)(?: supported)? (?:versions|editions) of /, ''],
  [/ (?:all|any)(?: supported)? (?:versions|editions)$/, ''],
  [/ (?:and|or) (?:later|newer|above|earlier|older)(?: versions?)?$/, ''],
  [/ (?:update rollup|rollup update|cumulative update|feature pack|cu)\b.*$/, ''],
  [/ (?:service pack|sp) ?\d.*$/, ''],
  [/ (?:rtm|preview|beta|release candidate|general availability)$/, ''],
  [/ (?:o365|m365|(?:for )?office 365)$/, ' for microsoft 365'],
  [/ for mac for microsoft 365$/, ' for mac'],
  [/ for microsoft 365 for mac$/, ' for mac'],
  [/ for mac (\d{4})$/, ' $1 for mac'],
  [new RegExp(`(?<=.) (?:${editions.join('|')})(?= |$)`, 'g'), ''],
  [/ (?:n|kn|v)$/, ''],
  [
    /^office (?=access|excel|infopath|onenote|outlook|powerpoint|project|publisher|sharepoint|visio|word)/,
    '',
  ],
  [/^(exchange|sharepoint|project|lync|skype for business|sql) (\d{4}(?: r2)?)$/, '$1 server $2'],
  [/^(.+ \d{4}) for mac$/, '$1'],
];

/** Keys that a name comes down to, from the name itself to the shortest; each is tried in turn. */
export function listReducedKeys(name: string): string[] {
  const keys = [normaliseTechnologyName(name)];
  let key = normaliseTechnologyName(name.replace(/\([^()]*\)/g, ' '));
  keys.push(key);
  for (const [pattern, replacement] of steps) {
    key = key.replace(pattern, replacement);
    if (key !== keys.at(-1)) keys.push(key);
  }
  return keys.filter((candidate) => candidate !== '');
}
