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
  return null;
}
