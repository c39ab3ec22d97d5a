import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes the table of error names from the public-domain headers of Debian's package mingw-w64-common:
 *
 *     node tools/make-error-codes.ts [folder of the headers]
 */
const headers = process.argv[2] ?? '/usr/share/mingw-w64/include';
const target = join(import.meta.dirname, '../src/knowledge/identifiers/error-codes.generated.json');

/** Name → number, unsigned. Later definitions of a name win, as the preprocessor would have it. */
type Table = Map<string, number>;

const winError = readDefinitions('winerror.h');
const tables = {
  win32: pick(
    winError,
    (name, value) => value < 0x10000 && /^(ERROR|RPC|WSA|DNS|EPT|SCESTATUS|OR)_?/.test(name),
  ),
  hresult: pick(winError, (_, value) => value >= 0x80000000),
  windowsUpdate: pick(readDefinitions('wuerror.h'), (_, value) => value >= 0x80000000),
  ntstatus: pick(readDefinitions('ntstatus.h'), (_, value) => value >= 0x80000000),
  bugCheck: pick(readDefinitions('bugcodes.h'), (_name, value) => value < 0x10000 || value >= 0xc0000000),
};

writeFileSync(
  target,
  `${JSON.stringify(Object.fromEntries(Object.entries(tables).map(([kind, table]) => [kind, Object.fromEntries(table)])), null, 1)}\n`,
);
for (const [kind, table] of Object.entries(tables)) console.log(`${kind}: ${table.size} names`);

function readDefinitions(file: string): Table {
  const known: Table = new Map();
  const lines = readFileSync(join(headers, file), 'latin1').matchAll(/^#define[ \t]+(\w+)[ \t]+(.+)$/gm);
  for (const [, name = '', body = ''] of lines) {
    const value = readValue(body, known);
    if (value !== null) known.set(name, value);
  }
  return known;
}

/** A number in any of the headers' wrappings, another name, or `(BASE + number)`. */
function readValue(body: string, known: Table): number | null {
  const bare = body
    .replace(/\/\*.*$|\/\/.*$/g, '')
    .replace(/_HRESULT_TYPEDEF_|__MSABI_LONG|_NDIS_ERROR_TYPEDEF_|\((?:HRESULT|NTSTATUS|ULONG|DWORD)\)/g, '')
    .replace(/[()\s]/g, '');
  const sum = /^(\w+)\+(\w+)$/.exec(bare);
  if (sum) {
    const [left, right] = [readTerm(sum[1] ?? '', known), readTerm(sum[2] ?? '', known)];
    return left === null || right === null ? null : left + right;
  }
  return readTerm(bare, known);
}

function readTerm(text: string, known: Table): number | null {
  const number = /^(0x[0-9a-f]+|\d+)[ul]*$/i.exec(text);
  return number ? Number(number[1]) : (known.get(text) ?? null);
}

function pick(table: Table, isWanted: (name: string, value: number) => boolean): Table {
  const isPlumbing = (name: string) =>
    /^(FACILITY|SEVERITY|STATUS_SEVERITY|APPLICATION_ERROR_MASK|WSABASEERR)|_BASE$|_MASK$/.test(name);
  return new Map(
    [...table]
      .filter(([name, value]) => name.includes('_') && !isPlumbing(name) && isWanted(name, value))
      .concat(
        [...table].filter(
          ([name, value]) => /^WSA[A-Z]+$/.test(name) && isWanted(name, value) && name !== 'WSABASEERR',
        ),
      )
      .sort(([nameA, a], [nameB, b]) => a - b || (nameA < nameB ? -1 : 1)),
  );
}
