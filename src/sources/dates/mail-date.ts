import { fullYear, instantOf } from './instant-of.ts';
import { readMonth } from './month-names-data.ts';
import { readZone } from './read-zone.ts';

const time = String.raw`(?<hour>\d{1,2})[:.](?<minute>\d{1,2})(?:[:.](?<second>\d{1,2})(?:[.,]\d+)?)?\s*(?<half>[ap]\.?m\.?)?`;
const zone = String.raw`(?<zone>(?:gmt|utc?)?\s*[+-]\s?\d{1,2}:?\d{0,2}|[a-z]{1,5}(?:/[a-z_]+)?)?(?:\s*\([^)]*\))?`;
const weekday = String.raw`(?:[\p{L}.]+\s*,?\s+|[\p{L}.]+,\s*)?`;
const dayFirst = new RegExp(
  String.raw`^${weekday}(?<day>\d{1,2})(?:st|nd|rd|th|\.)?[\s,/-]+(?:de\s+)?(?<month>[\p{L}.]{3,})[\s,/.-]+(?:de\s+)?(?<year>\d{2,4})(?:,?\s+(?:at\s+)?${time}\s*${zone})?$`,
  'iu',
);
const monthFirst = new RegExp(
  String.raw`^${weekday}(?<month>[\p{L}.]{3,})[\s-]+(?<day>\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(?<year>\d{2,4})(?:,?\s+(?:at\s+)?${time}\s*${zone})?$`,
  'iu',
);
const yearLast = new RegExp(
  String.raw`^${weekday}(?<month>[\p{L}.]{3,})\s+(?<day>\d{1,2})\s+${time}\s*${zone}\s+(?<year>\d{4})$`,
  'iu',
);

/** RFC 822 and 2822 with the liberties that feeds take, asctime (`Sun Jan  4 16:29:06 PDT 2004`), `January 4, 2004`. */
export function readMailDate(text: string): number | null {
  for (const shape of [dayFirst, monthFirst, yearLast]) {
    const parts = shape.exec(text)?.groups;
    if (parts === undefined) continue;
    const month = readMonth(parts.month ?? '');

    if (month === null) continue;
    return instantOf({
      year: fullYear(parts.year ?? ''),
      month,
      day: Number(parts.day),
      hour: readHour(Number(parts.hour ?? 0), parts.half),
      minute: Number(parts.minute ?? 0),
      second: Number(parts.second ?? 0),
      offsetMinutes: readZone(parts.zone),
    });
  }
  return null;
}

function readHour(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}
