/** A value that can't be written into a script of the language; `reason` says which characters are in the way. */
export class UnquotableValue extends Error {
  override readonly name = 'UnquotableValue';
  readonly code = 'unquotable-value';
}

/**
 * One word of POSIX sh (IEEE Std 1003.1, 2.2.2: within single quotes every character but the quote is literal).
 * Refuses control characters, which no path of a remedy needs.
 */
export function quoteSh(value: string): string {
  refuseControls(value);
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/**
 * A verbatim string of PowerShell. It closes single-quoted strings at the typographic quotes U+2018 to U+201B, too
 * (about_Quoting_Rules, "smart quotes"), so each of the five is doubled.
 */
export function quotePowerShell(value: string): string {
  refuseControls(value);
  return `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * What can stand between `set "NAME=` and `"` of a .cmd with delayed expansion off. A quote would end the value, a
 * percent sign would be expanded again by commands in `for /f`, and other alphabets depend on the code page: all refused.
 */
export function quoteCmd(value: string): string {
  refuseControls(value);
  if (/["%]/.test(value))
    throw new UnquotableValue(
      `${JSON.stringify(value)} has a quote or a percent sign, which a .cmd can't carry.`,
    );
  if (/[^ -~]/.test(value))
    throw new UnquotableValue(
      `${JSON.stringify(value)} has characters beyond ASCII, which a .cmd can't carry.`,
    );
  return value;
}

/** Words for people in a .cmd: characters with a meaning there give way or are doubled, since nothing depends on them. */
export function plainCmdWords(text: string): string {
  return text
    .replace(/["\u2018-\u201f]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
    .replaceAll('\u2026', '...')
    .replace(/[^ -~]/g, '?')
    .replace(/[!^&|<>`]/g, '_')
    .replaceAll('%', '%%');
}

function refuseControls(value: string): void {
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(value)) {
    throw new UnquotableValue(`${JSON.stringify(value)} has control characters or line breaks.`);
  }
}
