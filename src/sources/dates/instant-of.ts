export type DateParts = {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly millisecond?: number;
  /** East of UTC. */
  readonly offsetMinutes?: number;
};

/** The instant of a date's parts, null when there is no such date. 24:00 is the next midnight, second 60 the next minute. */
export function instantOf(parts: DateParts): number | null {
  const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0, offsetMinutes = 0 } = parts;
  if (month < 1 || month > 12 || day < 1 || day > 31 || minute > 59 || second > 60 || hour > 24) return null;
  if (hour === 24 && (minute > 0 || second > 0)) return null;
  // Day by day from the first of the month: Date.UTC would take years below 100 for those of the last century.
  const first = new Date(0);
  first.setUTCFullYear(year, month - 1, 1);
  const date = new Date(first.getTime() + (day - 1) * 86_400_000);
  if (date.getUTCMonth() !== month - 1) return null;
  const atMs = date.getTime() + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + millisecond;
  return Number.isFinite(atMs) ? atMs : null;
}

/** Years in two digits, as RFC 2822 section 4.3 reads them. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  if (digits.length === 3) return year + 1900;
  return year < 50 ? year + 2000 : year + 1900;
}
