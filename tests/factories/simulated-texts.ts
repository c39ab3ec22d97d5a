/** What a simulated text is in truth. stray: about something else. */
export type Kind = 'good' | 'spam' | 'abuse' | 'stray' | 'dangerous';

const list = (words: string) => words.split(' ');
const systems = list(
  'Windows Exchange Outlook Debian server laptop cluster tenant domain printer gateway mailbox',
);
const actions = list(
  'stopped restarted renamed moved cleared reset upgraded rolled reinstalled disabled checked exported',
);
const things = list(
  'service folder cache certificate registry queue profile driver policy connector log database task token driver update',
);
const results = list('worked failed helped returned vanished persisted improved stopped continued succeeded');
const glue = list(
  'the then after and it because with again when on my our still now first twice only before',
);
const goods = list(
  'watches pills casino loans crypto followers handbags jackpot bonus replica discount cheap viagra bitcoin rich dating',
);
const calls = list(
  'buy order click visit win earn claim subscribe join get now today best offer free guaranteed',
);
const insults = list(
  'idiot moron stupid garbage trash loser pathetic clown worthless shut dumb disgusting hate ugly',
);
const strays = list(
  'recipe football holiday guitar garden novel weather puppy bicycle painting marathon cinema',
);

/** A text as such a writer might write it, of its own words each time. */
export function writeText(kind: Kind, random: () => number): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  const some = (count: number, ...pools: (readonly string[])[]) =>
    Array.from({ length: count }, () => pick(pools[Math.floor(random() * pools.length)] ?? glue)).join(' ');
  const number = () => Math.floor(random() * 10_000);
  const technical = (length: number) =>
    `${some(length, systems, actions, things, results, glue, glue)} ${number()}`;
  const link = (host: string) => ` https://${host}${number() % 40}.example/${number()}`;
  switch (kind) {
    case 'good':
      // Short thanks, long stories, and one in ten with a link to documentation.
      return random() < 0.1
        ? `Thanks, ${technical(2)}`
        : technical(6 + Math.floor(random() * 40)) + (random() < 0.1 ? link('docs') : '');
    case 'spam': {
      const cover = technical(Math.floor(random() * 15)); // to look like one of us
      return `${some(6 + Math.floor(random() * 10), goods, calls, glue)} ${cover}${random() < 0.6 ? link('shop') : ''}`;
    }
    case 'abuse':
      return `${some(4 + Math.floor(random() * 8), insults, insults, glue)} ${technical(Math.floor(random() * 6))}`;
    case 'stray':
      return `${some(8, strays, glue)} ${technical(4)}`;
    case 'dangerous':
      return `${technical(8)} rd /s /q C:\\Windows ${some(4, glue)}`;
  }
}
