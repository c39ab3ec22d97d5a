import tables from './error-codes.generated.json' with { type: 'json' };

/** Where a name comes from: numbers mean different things in different families. */
export type ErrorFamily = 'win32' | 'hresult' | 'windows-update' | 'ntstatus' | 'bug-check';

export type ErrorName = { readonly name: string; readonly family: ErrorFamily; readonly code: number };

const families: readonly (readonly [ErrorFamily, Readonly<Record<string, number>>])[] = [
  ['win32', tables.win32],
  ['hresult', tables.hresult],
  ['windows-update', tables.windowsUpdate],
  ['ntstatus', tables.ntstatus],
  ['bug-check', tables.bugCheck],
];

const byCode = new Map<number, ErrorName[]>();
const byName = new Map<string, ErrorName[]>();
for (const [family, table] of families) {
  for (const [name, code] of Object.entries(table)) {
    const entry = { name, family, code };
    byCode.set(code, [...(byCode.get(code) ?? []), entry]);
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
}

/** HRESULT_FROM_WIN32: severity 1, facility 7, the Win32 error in the low 16 bits ([MS-ERREF] 2.1.2). */
const hresultFromWin32 = 0x80070000;
/** HRESULT_FROM_NT sets this bit of an NTSTATUS ([MS-ERREF] 2.1). */
const ntBit = 0x10000000;

/**
 * An error code in any spelling as an unsigned 32-bit number: `0x80070002`, `80070002`, `-2147024894`, `2147942402`,
 * `0xFFFFFFFF80070002`. Null where the text is none. Eight digits without a prefix are read as hexadecimal, as dialogs
 * print them; shorter decimal numbers are ambiguous and are left to `parseNumberedError`.
 */
export function parseErrorCode(text: string): number | null {
  const hex = /^(?:0x(?:f{8})?([0-9a-f]{1,8})|([0-9a-f]{8}))$/i.exec(text);
  if (hex) return Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
  if (!/^(?:-\d{1,10}|\d{10})$/.test(text)) return null;
  const value = Number(text);
  if (value < 0) return value >= -0x80000000 ? value + 0x100000000 : null;
  return value >= 0x80000000 && value <= 0xffffffff ? value : null;
}

/** Like `parseErrorCode`, and a short decimal number is a Win32 error ("error 5"). */
export function parseNumberedError(text: string): number | null {
  return parseErrorCode(text) ?? (/^\d{1,5}$/.test(text) ? Number(text) : null);
}

/** `0x80070002` */
export function formatErrorCode(code: number): string {
  return `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** Codes that mean the same error as this one, itself first: the HRESULT of a Win32 error or NTSTATUS and back. */
export function listEqualErrorCodes(code: number): readonly number[] {
  if (code > 0 && code <= 0xffff) return [code, hresultFromWin32 + code];
  if (code > hresultFromWin32 && code <= hresultFromWin32 + 0xffff) return [code, code - hresultFromWin32];
  if (code >= 0xd0000000 && code <= 0xdfffffff) return [code, code - ntBit];
  if (code >= 0xc0000000 && code <= 0xcfffffff) return [code, code + ntBit];
  return [code];
}

/** What a code is called: `ERROR_FILE_NOT_FOUND` of 0x80070002 as of 2. Empty where it has no known name. */
export function nameErrorCode(code: number): readonly ErrorName[] {
  const own = byCode.get(code) ?? [];
  const equal = listEqualErrorCodes(code)
    .slice(1)
    .flatMap((other) => byCode.get(other) ?? [])
    // A small number is a bug check only where it is written as such; its HRESULT never is one.
    .filter((entry) => entry.family !== 'bug-check');
  return [...own, ...equal];
}

/** The errors that a name stands for, in any case of letters. */
export function findErrorsByName(name: string): readonly ErrorName[] {
  return byName.get(name.toUpperCase()) ?? [];
}

/** Names that begin so, in the order of their families, at most `limit`. */
export function listErrorNamesFrom(beginning: string, limit: number): readonly ErrorName[] {
  const wanted = beginning.toUpperCase();
  const found: ErrorName[] = [];
  for (const [name, entries] of byName) {
    if (found.length >= limit) break;
    if (name.startsWith(wanted)) found.push(...entries.slice(0, 1));
  }
  return found;
}
