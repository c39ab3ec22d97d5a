import { fullYear, instantOf } from './instant-of.ts';
import { readZone } from './read-zone.ts';

const date = String.raw`(?<year>\d{4}|-?\d{2})(?:-?(?:(?<ordinal>\d{3})(?!\d)|(?<month>\d{2})(?:-?(?<day>\d{1,2}))?))?`;
const time = String.raw`(?<hour>\d{1,2}):?(?<minute>\d{2})?(?::?(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?`;
const zone = String.raw`(?<zone>[a-z]{1,5}|[+-]\d{1,2}(?::?\d{2})?)`;
const shape = new RegExp(String.raw`^${date}(?:(?:t| )\s*${time}\s*${zone}?)?$`, 'i');
const dashedMonth = /^--(?<month>\d{2})-?(?<day>\d{2})$/;

/** W3C date-time (https://www.w3.org/TR/NOTE-datetime), the rest of ISO 8601's calendar and ordinal dates, SQL's. */
export function readW3cDate(text: string): number | null {
  if (dashedMonth.test(text)) return null;
  const parts = shape.exec(text)?.groups;
  if (parts === undefined) return null;
  const { year = '', month, day, ordinal, hour, minute, second, fraction } = parts;
  if (year.length < 4 && month === undefined && ordinal === undefined) return null;
  // 20031231 and 2003365 are dates; 200312 is a month, 031231 a day.
  const clock = {
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000),
    offsetMinutes: readZone(parts.zone),
  };
  const fullestYear = fullYear(year.replace('-', ''));
  if (ordinal !== undefined) {
    const dayOfYear = Number(ordinal);
    const newYear = instantOf({ ...clock, year: fullestYear, month: 1, day: 1 });
    return newYear === null || dayOfYear < 1 || dayOfYear > 366
      ? null
      : newYear + (dayOfYear - 1) * 86_400_000;
  }
  return instantOf({ ...clock, year: fullestYear, month: Number(month ?? 1), day: Number(day ?? 1) });
}
