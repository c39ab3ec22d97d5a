import { html } from 'hono/html';
import type { Instant } from '../../knowledge/ids.ts';
import type { Markup } from './markup.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatWith(name: string, timeZone: string, options: Intl.DateTimeFormatOptions, instant: number) {
  const key = `${name} ${timeZone}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
    formats.set(key, format);
  }
  return format.format(instant);
}

/** "21 Nov 2026" */
export function formatDay(instant: number, timeZone = 'UTC'): string {
  return formatWith('day', timeZone, { day: 'numeric', month: 'short', year: 'numeric' }, instant);
}

/** "Nov 2026" */
export function formatMonth(instant: number): string {
  return formatWith('month', 'UTC', { month: 'short', year: 'numeric' }, instant);
}

/** "Nov" */
export function formatMonthName(instant: number): string {
  return formatWith('month name', 'UTC', { month: 'short' }, instant);
}

/** "Saturday, 21 November 2026" */
export function formatLongDay(instant: number, timeZone = 'UTC'): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return formatWith('long', timeZone, options, instant).replace(/^(\w+) /, '$1, ');
}

/** "21 Nov 2026, 02:17" */
export function formatMinute(instant: number, timeZone = 'UTC'): string {
  const options = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return formatWith('minute', timeZone, options, instant);
}

/** The day, which the script replaces by "3 hours ago" where it is recent. */
export function dayTag(instant: Instant, timeZone = 'UTC'): Markup {
  return html`<time datetime="${new Date(instant).toISOString()}">${formatDay(instant, timeZone)}</time>`;
}

/** Day and minute, with the zone unless it is the reader's own. */
export function minuteTag(instant: Instant, timeZone = 'UTC'): Markup {
  const zone = timeZone === 'UTC' ? ' UTC' : '';
  return html`<time datetime="${new Date(instant).toISOString()}">${formatMinute(instant, timeZone)}${zone}</time>`;
}

/** A vendor's date, `YYYY-MM-DD`, as "21 Nov 2026"; as it is if it is none. */
export function formatVendorDate(date: string): string {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) ? date : formatDay(ms);
}

/** "450 ms", "12 s", "3 min" */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
