import { Temporal } from 'temporal-polyfill';
import type { Digest, DigestEntry } from '../../alerts/digest.ts';
import type { Subscription } from '../../alerts/subscription.ts';
import { shorten, toLine } from '../messages/plain-text.ts';
import { asSentence, countOf, listOf } from '../messages/wording.ts';
import { countReaders } from './feedback-wording.ts';

/** "3 changes: Windows Update, Exchange Online"; "Feedback from 2 readers: Updates fail" where nothing changed. */
export function nameDigest(digest: Digest): string {
  const names = digest.groups.map((group) => toLine(group.title));
  const [bulkEdit] = digest.bulkEdits;
  const about = names.length === 0 ? toLine(bulkEdit?.sentence ?? '') : listNames(names);
  const readers = countReaders(digest.feedback);
  const changes = countChanges(digest);
  if (changes === 0) {
    const titles = digest.feedback.map((one) => toLine(one.articleTitle));
    return `Feedback from ${readers}: ${shorten(listNames(titles), 90)}`;
  }
  const more = readers === '' ? '' : ` and feedback from ${readers}`;
  return `${countOf(changes, 'change')}${more}: ${shorten(about, 90)}`;
}

function countChanges({ groups, bulkEdits }: Digest): number {
  return groups.reduce((sum, group) => sum + group.entries.length, bulkEdits.length);
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => shorten(name, 40));
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}

/** "Good morning." by the reader's own clock. */
export function greet(digest: Digest): string {
  const { hour } = zoned(digest.plannedAt, digest.timeZone);
  if (hour < 4 || hour >= 18) return 'Good evening.';
  return hour < 12 ? 'Good morning.' : 'Good afternoon.';
}

/** "Since Friday 1 article about your technologies is new and 2 changed." */
export function summarise(digest: Digest): string {
  const entries = digest.groups.flatMap((group) => group.entries);
  const created = entries.filter((entry) => entry.kind === 'created' || entry.kind === 'restored').length;
  const retired = entries.filter((entry) => entry.kind === 'retired').length;
  const changed = entries.length - created - retired;
  const parts = [
    { count: created, verb: created === 1 ? 'is new' : 'are new' },
    { count: changed, verb: 'changed' },
    { count: retired, verb: retired === 1 ? 'was retired' : 'were retired' },
  ].filter((part) => part.count > 0);
  const sentence = parts.map(({ count, verb }, n) =>
    n === 0
      ? `${countOf(count, 'article')} that you follow ${verb}`
      : `${count.toLocaleString('en')} ${verb}`,
  );
  const bulkEdits = countOf(digest.bulkEdits.length, 'edit was', 'edits were');
  const readers = countReaders(digest.feedback);
  const clauses = [
    ...(sentence.length > 0 ? [listOf(sentence)] : []),
    ...(digest.bulkEdits.length > 0 ? [`${bulkEdits} made to many articles at once`] : []),
    ...(readers === '' ? [] : [`${readers} told whether a fix worked`]),
  ];
  return `${since(digest)}${clauses.join(', and ')}.`;
}

function since({ previousPlannedAt, plannedAt, timeZone }: Digest): string {
  if (previousPlannedAt === null) return '';
  const [from, to] = [zoned(previousPlannedAt, timeZone), zoned(plannedAt, timeZone)];
  const days = from.toPlainDate().until(to.toPlainDate()).days;
  if (days <= 1) return 'Since yesterday ';
  const options: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' };
  return `Since ${new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(previousPlannedAt)} `;
}

function zoned(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}

const kindNames = {
  created: 'New',
  revised: 'Changed',
  moved: 'Moved',
  retired: 'Retired',
  restored: 'Back again',
} as const;

/** "Minor" where a reader asked for more than what matters. */
export function nameKind({ kind, significance }: Pick<DigestEntry, 'kind' | 'significance'>): string {
  if (kind !== 'revised' || significance === 'material') return kindNames[kind];
  return significance === 'minor' ? 'Minor' : 'Invisible';
}

/** "You follow Exchange Online." */
export function explain(subscription: Subscription): string {
  const title = shorten(toLine(subscription.title), 120);
  switch (subscription.followed.kind) {
    case 'technology':
      return `You follow ${title}.`;
    case 'search':
      return `It is found by your saved search “${title}”.`;
    case 'article':
      return 'You follow this article.';
    case 'source':
      return `You follow everything of ${title}.`;
  }
}

/** "Windows Update and Exchange Online": what brought the digest. */
export function listFollowed(digest: Digest): string {
  const titles = [...digest.groups, ...digest.bulkEdits].flatMap(({ subscription }) =>
    subscription ? [shorten(toLine(subscription.title), 60)] : [],
  );
  const articles = digest.feedback.map((one) => shorten(toLine(one.articleTitle), 60));
  return listOf([...new Set([...titles, ...articles])], 5);
}

/** Why the article was retired, unless the entry's reasons say it already; at most one. */
export function listWhyRetired({ kind, article, reasons }: DigestEntry): string[] {
  if (kind !== 'retired' || article.retiredBecause === null) return [];
  const why = toLine(article.retiredBecause);
  const said = reasons.map((reason) => toLine(asSentence(reason)));
  return said.includes(toLine(asSentence(why))) ? [] : [why];
}

/** "07:00, Europe/Berlin" */
export function tellTime(digest: Digest): string {
  return `${String(digest.account.digestHour).padStart(2, '0')}:00, ${digest.timeZone}`;
}

/** A vendor's date, `YYYY-MM-DD`, as "21 November 2026"; as it is if it is none. */
export function formatVendorDate(date: string): string {
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms)) return toLine(date);
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(ms);
}
