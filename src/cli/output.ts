/** Where commands write: tables and sentences for people, one JSON document for machines. */
export type Output = {
  readonly json: boolean;
  /** The result. `show` is called for people, `value` printed for machines. */
  result(value: unknown, show: () => string): void;
  /** Something on the way, for people only; goes to standard error. */
  note(sentence: string): void;
  /** A bar on a terminal, nothing elsewhere. `total` null: not known. */
  progress(label: string, done: number, total: number | null): void;
};

/** Writes to the given streams; a bar is drawn only if standard error is a terminal. */
export function createOutput(options: {
  json: boolean;
  out: { write(text: string): unknown };
  err: { write(text: string): unknown; isTTY?: boolean };
}): Output {
  const { json, out, err } = options;
  let isBarDrawn = false;
  const clearBar = () => {
    if (isBarDrawn) err.write('\r\u001b[2K');
    isBarDrawn = false;
  };
  return {
    json,
    result(value, show) {
      clearBar();
      out.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${printable(show())}\n`);
    },
    note(sentence) {
      clearBar();
      if (!json) err.write(`${printable(sentence)}\n`);
    },
    progress(label, done, total) {
      if (!err.isTTY || json) return;
      err.write(`\r\u001b[2K${label} ${total === null ? done : drawBar(done, total)}`);
      isBarDrawn = true;
    },
  };
}

function drawBar(done: number, total: number): string {
  const width = 30;
  const filled = total === 0 ? width : Math.min(width, Math.round((done / total) * width));
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done}/${total}`;
}

/** Articles and feeds are hostile: no escape sequence of theirs reaches a terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\u{fffd}');
}

/** Columns aligned to the widest cell, two spaces apart; the last column is not padded. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const lines = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === line.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
