import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * Structured lines on standard error. Addresses, tokens and messages are never given to it; what an error of a
 * library brings along of them is taken out of the line that is written.
 */
export function createLog(level: string, write: (line: string) => void = writeToErr): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => write(withoutSecrets(line)) },
  );
}

const writeToErr = (() => {
  const destination = pino.destination(2);
  return (line: string) => void destination.write(line);
})();

/** Each with what stands in its place; the words around them stay, so that a line can still be understood. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"\\]*@/gi, '$1[credentials]@'],
  [/[^\s"'<>()=:,;/\\@[\]]+@(?!\[)[^\s"'<>()=:,;/\\@[\]]+\.[^\s"'<>()=:,;/\\@[\]]+/g, '[address]'],
  [/\/(confirm|sign-in|change-address|first-administrator|u|recover)\/[\w-]{8,}/g, '/$1/[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [token]'],
  // 256 bits in base64url, as sessions and links have them; hashes in hexadecimal tell nothing.
  [/(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{43}(?![\w-])/g, '[token]'],
];

/** Exported for the test that looks at whole runs. */
export function withoutSecrets(line: string): string {
  let clean = line;
  for (const [pattern, instead] of secrets) clean = clean.replace(pattern, instead);
  return clean;
}
