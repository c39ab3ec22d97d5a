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
  /** Equal for equal words, as written. */
  hashes: Int32Array;
  /** 1 where the word is joined to the one before. */
  joined: Uint8Array;
  /** 1 where the word has a digit. */
  numeric: Uint8Array;
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
  return { count: 0, ...createArrays(256) };
}

function createArrays(length: number): Omit<ScannedWords, 'count'> {
  return {
    starts: new Uint32Array(length),
    ends: new Uint32Array(length),
    hashes: new Int32Array(length),
    joined: new Uint8Array(length),
    numeric: new Uint8Array(length),
  };
}

/** Finds the words of a text. Linear in its length; writes into `words`, which may be used again. */
export function scanText(text: string, words: ScannedWords): void {
  words.count = 0;
  const length = text.length;
  let at = 0;
  let lastEnd = -1;
  while (at < length) {
    let code = text.charCodeAt(at);
    let kind = classify(code);
    if (kind !== letter && kind !== digit) {
      at += 1;
      continue;
    }
    const start = at;
    let hash = 0;
    let hasDigit = 0;
    while (kind === letter || kind === digit || (kind === apostrophe && isWithinWord(text, at))) {
      hash = (Math.imul(hash, 31) + code) | 0;
      if (kind === digit) hasDigit = 1;
      at += 1;
      if (at === length) break;
      code = text.charCodeAt(at);
      kind = classify(code);
    }
    if (words.count === words.starts.length) grow(words);
    const word = words.count;
    words.starts[word] = start;
    words.ends[word] = at;
    words.hashes[word] = hash;
    words.numeric[word] = hasDigit;
    words.joined[word] = lastEnd === start - 1 && classify(text.charCodeAt(lastEnd)) === joiner ? 1 : 0;
    words.count = word + 1;
    lastEnd = at;
  }
}

/** An apostrophe between two letters. */
function isWithinWord(text: string, at: number): boolean {
  return (
    at + 1 < text.length &&
    classify(text.charCodeAt(at + 1)) === letter &&
    classify(text.charCodeAt(at - 1)) === letter
  );
}

function grow(words: ScannedWords): void {
  const larger = createArrays(words.starts.length * 2);
  larger.starts.set(words.starts);
  larger.ends.set(words.ends);
  larger.hashes.set(words.hashes);
  larger.joined.set(words.joined);
  larger.numeric.set(words.numeric);
  Object.assign(words, larger);
}
