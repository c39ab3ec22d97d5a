import type { DayRange } from './query-tree.ts';

const dayMs = 86_400_000;

/**
 * Reads `2021`, `2021-06`, `2021-06-03`, each with `>`, `>=`, `<` or `<=` before it, or `2021-06..2021-09`.
 * A month or year means all of its days: `>2021-06` begins on 1 July. Null where it is no range of days.
 */
export function parseDayRange(text: string): DayRange | null {
  const span = /^([\d-]*)\.\.([\d-]*)$/.exec(text);
  if (span) {
    const from = span[1] === '' ? null : parsePeriod(span[1] ?? '');
    const to = span[2] === '' ? null : parsePeriod(span[2] ?? '');
    if ((span[1] !== '' && from === null) || (span[2] !== '' && to === null) || (!from && !to)) return null;
    return { fromDay: from?.first ?? null, beforeDay: to?.next ?? null };
  }
  const [, operator = '', date = ''] = /^([<>]=?|=)?([\d-]+)$/.exec(text) ?? [];
  const period = parsePeriod(date);
  if (period === null) return null;
  switch (operator) {
    case '>':
      return { fromDay: period.next, beforeDay: null };
    case '>=':
      return { fromDay: period.first, beforeDay: null };
    case '<':
      return { fromDay: null, beforeDay: period.first };
    case '<=':
      return { fromDay: null, beforeDay: period.next };
    default:
      return { fromDay: period.first, beforeDay: period.next };
  }
}

/** The day of a date `YYYY-MM-DD` (or of its first day for a month or year), null where it is none. */
export function dayOfDate(date: string): number | null {
  return parsePeriod(date)?.first ?? null;
}

/** The UTC day of an instant in milliseconds. */
export function dayOfInstant(instant: number): number {
  return Math.floor(instant / dayMs);
}

function parsePeriod(text: string): { first: number; next: number } | null {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
    return null;
  const first = Date.UTC(year, month - 1, day) / dayMs;
  if (match[3] !== undefined) return { first, next: first + 1 };
  const next = match[2] === undefined ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1);
  return { first, next: next / dayMs };
}
