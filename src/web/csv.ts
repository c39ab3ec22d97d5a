/** Rows as CSV (RFC 4180). Cells that a spreadsheet would take for a formula get an apostrophe in front. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Reads CSV with commas, semicolons or tabs, as spreadsheets of different countries write it. Never throws. */
export function readCsv(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, '');
  const firstLine = clean.split(/\r?\n/, 1)[0] ?? '';
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: firstLine.split(mark).length }));
  const separator = counts.sort((a, b) => b.count - a.count)[0]?.mark ?? ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((value) => value !== ''))
      rows.push(row.map((value) => value.replace(/^'(?=[=+\-@\t\r])/, '')));
    row = [];
    cell = '';
  };
  for (let n = 0; n < clean.length; n += 1) {
    const char = clean[n] ?? '';
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (clean[n + 1] === '"') {
        cell += '"';
        n += 1;
      } else isQuoted = false;
    } else if (char === '"' && cell === '') isQuoted = true;
    else if (char === separator) {
      row.push(cell);
      cell = '';
    } else if (char === '\n') endRow();
    else if (char !== '\r') cell += char;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}
