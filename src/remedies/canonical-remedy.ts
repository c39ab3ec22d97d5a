import type { Remedy } from './remedy.ts';

/**
 * The bytes of a remedy that are signed: its JSON with sorted keys and no white space (the form of RFC 8785, of which
 * numbers beyond integers can't occur), so that comments and layout of the YAML are free.
 */
export function canonicalRemedy(remedy: Remedy): Uint8Array {
  return new TextEncoder().encode(`kbalertz remedy 1\n${write(remedy)}\n`);
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${write(item)}`).join(',')}}`;
}
