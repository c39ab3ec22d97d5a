import { instantOf } from './instant-of.ts';
import { readMonth } from './month-names-data.ts';
import { readZone } from './read-zone.ts';

const koreanOffset = 9 * 60;
const korean =
  /^(?<year>\d{4})\s*(?:년|[-/.])\s*(?<month>\d{1,2})\s*(?:월|[-/.])\s*(?<day>\d{1,2})\s*일?\s+(?<half>오전|오후|am|pm)?\s*(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?$/iu;
const hungarian =
  /^(?<year>\d{4})[-.]\s?(?<month>\p{L}+)[-.]?\s?(?<day>\d{1,2})\.?(?:t|\s)?\s?(?<hour>\d{1,2}):(?<minute>\d{2})\s?(?<zone>[+-]\d{1,2}:?\d{2})?$/iu;
const numbers =
  /^(?:\p{L}+,\s*)?(?<a>\d{1,4})(?<separator>[-/.])(?<b>\d{1,2})[-/.](?<c>\d{2,4})(?:,?\s+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s*(?<half>[ap]m)?\s*(?<zone>[a-z]{1,5}|[+-]\d{2}:?\d{2})?)?$/iu;

/** Dates as programs write them for readers of one language: Korean, Hungarian, and numbers with slashes or points. */
export function readLocalDate(text: string): number | null {
  return readKorean(text) ?? readHungarian(text) ?? readNumbers(text) ?? readSeconds(text);
}

function readKorean(text: string): number | null {
  const parts = korean.exec(text)?.groups;
  if (parts === undefined) return null;
  const isKorean = /[월일]|오[전후]/.test(text);
  const isAfternoon = /오후|pm/i.test(parts.half ?? '');
  const hour = Number(parts.hour);
  return instantOf({
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    hour: parts.half === undefined ? hour : (hour % 12) + (isAfternoon ? 12 : 0),
    minute: Number(parts.minute),
    second: Number(parts.second ?? 0),
    offsetMinutes: isKorean ? koreanOffset : 0,
  });
}

function readHungarian(text: string): number | null {
  const parts = hungarian.exec(text)?.groups;
  const month = readMonth(parts?.month ?? '');
  if (parts === undefined || month === null) return null;
  return instantOf({
    year: Number(parts.year),
    month,
    day: Number(parts.day),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
    offsetMinutes: readZone(parts.zone),
  });
}

/** 2004/12/31, 12/31/2004 and 31.12.2004: a point puts the day first, a slash the month unless it can't be one. */
function readNumbers(text: string): number | null {
  const parts = numbers.exec(text)?.groups;
  if (parts === undefined) return null;
  const [a, b, c] = [Number(parts.a), Number(parts.b), Number(parts.c)];
  const isYearFirst = (parts.a ?? '').length === 4;
  if (!isYearFirst && (parts.a ?? '').length > 2) return null;
  const isDayFirst = parts.separator === '.' || a > 12;
  const [month, day] = isYearFirst ? [b, c] : isDayFirst ? [b, a] : [a, b];
  const year = isYearFirst ? a : c < 100 ? c + 2000 : c;
  const hour = Number(parts.hour ?? 0);
  const half = parts.half?.toLowerCase();
  return instantOf({
    year,
    month,
    day,
    hour: half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0),
    minute: Number(parts.minute ?? 0),
    second: Number(parts.second ?? 0),
    offsetMinutes: readZone(parts.zone),
  });
}

/** Seconds since 1970, from programs that forgot to format them. */
function readSeconds(text: string): number | null {
  return /^\d{9,10}$/.test(text) ? Number(text) * 1000 : null;
}
