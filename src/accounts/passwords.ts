import { guessedPasswords } from './guessed-passwords-data.ts';

/** Keeps passwords: slow to compute on purpose, salted, with its parameters in the hash. */
export type Passwords = {
  hashPassword(password: string): Promise<string>;
  /** Takes about the same time whether they match or not; `hash` null (nobody's) never matches and takes it, too. */
  verifyPassword(password: string, hash: string | null): Promise<boolean>;
};

/** NIST SP 800-63B, 3.1.1.2: length is what counts; no rules about kinds of characters. */
const minPasswordLength = 12;
const maxPasswordLength = 200;

/** What is wrong with a new password, in one sentence; null when it may be used. */
export function findPasswordFault(password: string, address: string): string | null {
  const length = [...password].length;
  if (length < minPasswordLength) return `A password needs at least ${minPasswordLength} characters.`;
  if (length > maxPasswordLength) return `A password may have at most ${maxPasswordLength} characters.`;
  if (new Set(password).size < 5) return 'This password repeats too few characters to protect anything.';
  if (password.toLowerCase().includes(address.toLowerCase()))
    return 'A password must not contain the address.';
  if (isCommon(password)) {
    return 'This password, or what it is made of, is among those that are tried first. Three or four words that belong together only for you are better.';
  }
  return null;
}

/** One of the list, also with digits and signs around it or said twice, or nothing but digits. */
function isCommon(password: string): boolean {
  const folded = password.toLowerCase();
  const bare = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const half = folded.slice(0, folded.length / 2);
  return (
    /^\d+$/.test(folded) ||
    [folded, bare].some((word) => guessedPasswords.has(word)) ||
    (half.repeat(2) === folded && (guessedPasswords.has(half) || /^\d+$/.test(half)))
  );
}
