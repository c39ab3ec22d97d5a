/**
 * Where the words of a text are. Runs of letters, digits and marks are words; an apostrophe between letters belongs
 * to the word. Two words with exactly one joiner (`-`, `.`, `_`, `\` …) and no space between them are joined:
 * `Set-Mailbox`, `5.7.1` and `C:\Windows\explorer.exe` are runs of joined words.
 */
export type ScannedWords = SpelledText & {
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

/** A text and its UTF-16 code units, which are read faster from an array; the array may be longer. */
export type SpelledText = { text: string; characters: Uint16Array };

const other = 1;
const letter = 2;
const digit = 3;
const joiner = 4;
const apostrophe = 5;

/** The class of each UTF-16 code unit; 0 until the engine was asked for it. */
const classes = new Uint8Array(65_536);
for (let code = 0; code < 128; code += 1) {
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) classes[code] = letter;
  else if (/[0-9]/.test(character)) classes[code] = digit;
  else if ('-_.\\/:@&+'.includes(character)) classes[code] = joiner;
  else classes[code] = character === "'" ? apostrophe : other;
}

function classify(code: number): number {
  if (classes[code] === 0) classes[code] = classifyBeyondAscii(code);
  return classes[code] as number; // there is one for each code unit
}

function classifyBeyondAscii(code: number): number {
  const character = String.fromCharCode(code);
  if (code === 0x2019) return apostrophe;
  // Halves of surrogate pairs count as letters: rare scripts stay whole, an emoji becomes a word of its own.
  if (/[\p{L}\p{M}]/u.test(character) || (code >= 0xd800 && code <= 0xdfff)) return letter;
  if (/\p{N}/u.test(character)) return digit;
  return code === 0x2010 || code === 0x2011 ? joiner : other;
}

/** Makes room for `scanText`; the arrays grow as needed and are reused. */
export function createScannedWords(): ScannedWords {
  return { count: 0, text: '', characters: new Uint16Array(usualLength), ...createArrays(256) };
}

function createArrays(length: number): Omit<ScannedWords, 'count' | keyof SpelledText> {
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
  spell(text, words);
  const { characters } = words;
  const length = text.length;
  words.count = 0;
  let at = 0;
  let lastEnd = -1;
  while (at < length) {
    let code = characters[at] as number; // within bounds, here and below
    let kind = classify(code);
    if (kind !== letter && kind !== digit) {
      at += 1;
      continue;
    }
    const start = at;
    let hash = 0;
    let hasDigit = 0;
    while (
      kind === letter ||
      kind === digit ||
      (kind === apostrophe && isWithinWord(characters, at, length))
    ) {
      hash = (Math.imul(hash, 31) + code) | 0;
      if (kind === digit) hasDigit = 1;
      at += 1;
      if (at === length) break;
      code = characters[at] as number;
      kind = classify(code);
    }
    if (words.count === words.starts.length) grow(words);
    const word = words.count;
    words.starts[word] = start;
    words.ends[word] = at;
    words.hashes[word] = hash;
    words.numeric[word] = hasDigit;
    words.joined[word] =
      lastEnd === start - 1 && lastEnd >= 0 && classify(characters[lastEnd] as number) === joiner ? 1 : 0;
    words.count = word + 1;
    lastEnd = at;
  }
}

/** Characters of nearly all texts; the room for a longer one is not kept. */
const usualLength = 1 << 14;

function spell(text: string, into: SpelledText): void {
  const length = Math.max(text.length, usualLength);
  if (into.characters.length !== length) into.characters = new Uint16Array(length);
  const { characters } = into;
  for (let at = 0; at < text.length; at += 1) characters[at] = text.charCodeAt(at);
  into.text = text;
}

/** An apostrophe between two letters. */
function isWithinWord(characters: Uint16Array, at: number, length: number): boolean {
  return (
    at > 0 &&
    at + 1 < length &&
    classify(characters[at + 1] as number) === letter && // both are within bounds
    classify(characters[at - 1] as number) === letter
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
