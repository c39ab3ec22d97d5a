import { InvalidArgumentError } from 'commander';

/** A whole number from 1 to 10,000. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,5}$/.test(text) || count < 1 || count > 10_000) {
    throw new InvalidArgumentError('Write a whole number from 1 to 10000.');
  }
  return count;
}
