/** The beginnings of the months' names, by which each is told from the others, in the languages seen in feeds. */
const names: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen', 'ιαν', 'янв', 'sty', 'január', 'led'],
  ['feb', 'fév', 'fev', 'φεβ', 'фев', 'lut', 'febru', 'úno'],
  ['mar', 'mär', 'mrz', 'maa', 'μάρ', 'μαρ', 'μαώ', 'мар', 'márci', 'bře'],
  ['apr', 'avr', 'abr', 'απρ', 'апр', 'kwi', 'ápri', 'dub'],
  ['may', 'mai', 'mag', 'mei', 'maj', 'μάι', 'μαϊ', 'μαι', 'мая', 'май', 'máju', 'kvě'],
  ['jun', 'juin', 'giu', 'ιούν', 'ιον', 'июн', 'cze', 'júni'],
  ['jul', 'juil', 'lug', 'ιούλ', 'ιολ', 'июл', 'lip', 'júli'],
  ['aug', 'aoû', 'aou', 'ago', 'αύγ', 'αυγ', 'авг', 'sie', 'augus', 'srp'],
  ['sep', 'set', 'σεπ', 'сен', 'wrz', 'szept', 'zář'],
  ['oct', 'okt', 'out', 'ott', 'οκτ', 'окт', 'paź', 'októ', 'říj'],
  ['nov', 'νοέ', 'νοε', 'ноя', 'lis', 'nove'],
  ['dec', 'dez', 'déc', 'dic', 'δεκ', 'дек', 'gru', 'dece', 'pro'],
];

/** The month (1 to 12) that a name or its abbreviation means; null for what is none. */
export function readMonth(written: string): number | null {
  const name = written.toLowerCase().normalize('NFC');
  let best: { month: number; length: number } | null = null;
  for (const [index, beginnings] of names.entries()) {
    for (const beginning of beginnings) {
      const isLonger = best === null || beginning.length > best.length;
      if (isLonger && name.startsWith(beginning)) best = { month: index + 1, length: beginning.length };
    }
  }
  return best?.month ?? null;
}
