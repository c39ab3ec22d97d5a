/**
 * Where the words of a text are. Runs of letters, digits and marks are words; an apostrophe between letters belongs
 * to the word. Two words with exactly one joiner (`-`, `.`, `_`, `\` …) and no space between them are joined:
 * `Set-Mailbox`, `5.7.1` and `C:\Windows\explorer.exe` are runs of joined words.
 */
export type ScannedWords = {
  /** How many words; the arrays may be longer. */
  count: number;
  /** Offset of the first character of each word. */
  starts: Uint32Array;
  /** Offset after the last character of each word. */
  ends: Uint32Array;
  /** 1 where the word is joined to the one before. */
  joined: Uint8Array;
};

const other = 0;
const letter = 1;
const digit = 2;
const joiner = 3;
const apostrophe = 4;

const classes = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) classes[code] = letter;
  else if (/[0-9]/.test(character)) classes[code] = digit;
  else if ('-_.\\/:@&+'.includes(character)) classes[code] = joiner;
  else if (character === "'") classes[code] = apostrophe;
}

/** Beyond ASCII the class is asked of the engine once per character and kept: 0 unknown, else class + 1. */
const knownClasses = new Uint8Array(65_536);

function classify(code: number): number {
  if (code < 128) return classes[code] ?? other;
  const known = knownClasses[code] ?? 0;
  if (known !== 0) return known - 1;
  const character = String.fromCharCode(code);
  let found = other;
  if (code === 0x2019) found = apostrophe;
  // Halves of surrogate pairs count as letters: rare scripts stay whole, an emoji becomes a word of its own.
  else if (/[\p{L}\p{M}]/u.test(character) || (code >= 0xd800 && code <= 0xdfff)) found = letter;
  else if (/\p{N}/u.test(character)) found = digit;
  else if (code === 0x2010 || code === 0x2011) found = joiner;
  knownClasses[code] = found + 1;
  return found;
}

/** Makes room for `scanText`; the arrays grow as needed and are reused. */
export function createScannedWords(): ScannedWords {
  return { count: 0, starts: new Uint32Array(256), ends: new Uint32Array(256), joined: new Uint8Array(256) };
}

/** Finds the words of a text. Linear in its length; writes into `words`, which may be used again. */
export function scanText(text: string, words: ScannedWords): void {
  words.count = 0;
  const length = text.length;
  let at = 0;
  let lastEnd = -1;
  while (at < length) {
    const kind = classify(text.charCodeAt(at));
    if (kind !== letter && kind !== digit) {
      at += 1;
      continue;
    }
    const start = at;
    at += 1;
    while (at < length) {
      const next = classify(text.charCodeAt(at));
      if (next === letter || next === digit) at += 1;
      else if (
        next === apostrophe &&
        at + 1 < length &&
        classify(text.charCodeAt(at + 1)) === letter &&
        classify(text.charCodeAt(at - 1)) === letter
      )
        at += 2;
      else break;
    }
    const isJoined = lastEnd === start - 1 && classify(text.charCodeAt(lastEnd)) === joiner;
    addWord(words, start, at, isJoined);
    lastEnd = at;
  }
}

function addWord(words: ScannedWords, start: number, end: number, isJoined: boolean): void {
  if (words.count === words.starts.length) grow(words);
  words.starts[words.count] = start;
  words.ends[words.count] = end;
  words.joined[words.count] = isJoined ? 1 : 0;
  words.count += 1;
}

function grow(words: ScannedWords): void {
  const starts = new Uint32Array(words.starts.length * 2);
  const ends = new Uint32Array(starts.length);
  const joined = new Uint8Array(starts.length);
  starts.set(words.starts);
  ends.set(words.ends);
  joined.set(words.joined);
  Object.assign(words, { starts, ends, joined });
}
