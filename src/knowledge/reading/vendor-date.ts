const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const isoShape = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?$/;
const numericShape = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:\s.*)?$/;
const monthFirstShape = /^([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/;
const dayFirstShape = /^(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+([A-Za-z]{3})[a-z]*\.?,?[\s-]+(\d{4})$/;

/**
 * A date as vendors write it → `YYYY-MM-DD`, or null when it names no day. Of two numbers before the year the first
 * is the month, as Microsoft writes it, unless only the other way round is a date.
 */
export function readVendorDate(text: string): string | null {
  const trimmed = text.trim();
  const iso = isoShape.exec(trimmed);
  if (iso) return dateOf(iso[1], iso[2], iso[3]);
  const numeric = numericShape.exec(trimmed);
  if (numeric) {
    const year = numeric[3]?.length === 2 ? `20${numeric[3]}` : numeric[3];
    return dateOf(year, numeric[1], numeric[2]) ?? dateOf(year, numeric[2], numeric[1]);
  }
  const monthFirst = monthFirstShape.exec(trimmed);
  if (monthFirst) return dateOf(monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2]);
  const dayFirst = dayFirstShape.exec(trimmed);
  if (dayFirst) return dateOf(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]);
  return null;
}

function monthNumber(name: string | undefined): string {
  return String(months.indexOf((name ?? '').toLowerCase()) + 1);
}

function dateOf(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const daysInMonth = m === 2 ? (isLeapYear(y) ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31;
  if (y < 1980 || m < 1 || m > 12 || d < 1 || d > daysInMonth) return null;
  return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
