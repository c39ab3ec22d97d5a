import { leastGapMs } from '../../src/alerts/calendar.ts';
import { combineArticleChanges } from '../../src/alerts/combine-article-changes.ts';
import { reaches, type Threshold } from '../../src/alerts/subscription.ts';
import type { Change } from '../../src/knowledge/change.ts';
import type { AccountId, ChangeId } from '../../src/knowledge/ids.ts';

const hourMs = 3_600_000;

export type YearChange = Pick<Change, 'id' | 'kind' | 'significance' | 'alerts'> & {
  readonly technologies: readonly number[];
  /** Committed before the planning of this instant, or later ones. */
  readonly visibleFrom: number;
  readonly article: number;
  readonly fromRevision: number;
  readonly toRevision: number;
  /** The article's text, a number that stands for it. */
  readonly before: number;
  readonly after: number;
};

export type YearAccount = {
  readonly id: AccountId;
  readonly places: { readonly from: number; readonly zone: string; readonly hour: number }[];
  readonly follows: {
    readonly technology: number;
    readonly threshold: Threshold;
    readonly after: number;
    readonly from: number;
    until: number;
  }[];
  /** When it could get no digest: an outage, a pause, a delivery that was attempted and is open. */
  readonly hindrances: { readonly from: number; readonly until: number }[];
};

/** What happened in a year, beside the database. */
export type YearRecord = {
  readonly start: number;
  readonly end: number;
  /** The instants at which was planned. */
  readonly ticks: readonly number[];
  readonly longestStepMs: number;
  readonly accounts: readonly YearAccount[];
  readonly changes: readonly YearChange[];
};

export type YearDigest = {
  readonly account: AccountId;
  readonly localDate: string;
  readonly timeZone: string;
  readonly plannedAt: number;
  readonly changes: readonly ChangeId[];
};

/** What was looked at, and every way in which the digests are not what the year should have made. */
export type YearReport = {
  readonly told: number;
  /** Digests of undisturbed accounts whose very instant could be foretold. */
  readonly foretold: number;
  /** Several changes of one article in one digest, of which nothing is left to say. */
  readonly undone: number;
  readonly violations: readonly string[];
};

/** Compares with sets; what it knows of time zones it knows from Intl, not from the program's calendar. */
export async function checkYear(record: YearRecord, digests: readonly YearDigest[]): Promise<YearReport> {
  const report = { told: 0, foretold: 0, undone: 0, violations: [] as string[] };
  const clock = createWallClock(record.ticks);
  const byAccount = Map.groupBy(digests, (digest) => digest.account);
  const byId = new Map<ChangeId, YearChange>(record.changes.map((change) => [change.id, change]));
  for (const account of record.accounts) {
    const violate = (at: number, what: string) =>
      report.violations.push(`account ${account.id} at ${new Date(at).toISOString()}: ${what}`);
    const matches = listMatches(account, record.changes);
    const toldAt = new Map<ChangeId, number>();
    const dates = new Set<string>();
    let last: YearDigest | null = null;
    for (const digest of (byAccount.get(account.id) ?? []).toSorted((a, b) => a.plannedAt - b.plannedAt)) {
      const { plannedAt, localDate, changes } = digest;
      const place = placeAt(account, plannedAt);
      if (changes.length === 0) violate(plannedAt, 'an empty digest');
      if (dates.has(localDate)) violate(plannedAt, `a second digest on ${localDate}`);
      if (last && plannedAt - last.plannedAt < leastGapMs)
        violate(plannedAt, 'less than 20 hours after another');
      if (digest.timeZone !== place.zone || localDate !== clock.read(place.zone, plannedAt).slice(0, 10))
        violate(plannedAt, `not the local date in ${place.zone}: ${localDate}`);
      if (account.hindrances.some(({ from, until }) => from <= plannedAt && plannedAt < until))
        violate(plannedAt, 'planned while nothing could be');
      const wanted = new Set(
        matches
          .filter(
            ({ follow, change }) =>
              follow.from <= plannedAt && plannedAt < follow.until && change.visibleFrom <= plannedAt,
          )
          .map(({ change }) => change.id)
          .filter((id) => !toldAt.has(id)),
      );
      for (const id of changes) {
        if (toldAt.has(id)) violate(plannedAt, `change ${id} told twice`);
        else if (!wanted.has(id)) violate(plannedAt, `change ${id} told to one who does not follow it`);
        toldAt.set(id, plannedAt);
      }
      for (const id of wanted.difference(new Set(changes))) violate(plannedAt, `change ${id} left out`);
      const told = changes.flatMap((id) => byId.get(id) ?? []);
      const oldest = Math.min(...told.map((change) => change.visibleFrom));
      if (isUndisturbed(record, account, last, oldest, plannedAt)) {
        report.foretold += 1;
        const due = clock.findFirstDue(place, oldest);
        if (due !== plannedAt) violate(plannedAt, `was due at ${due && new Date(due).toISOString()}`);
      }
      report.undone += await checkSteps(told, (what) => violate(plannedAt, what));
      report.told += changes.length;
      dates.add(localDate);
      last = digest;
    }
    for (const { follow, change } of matches) {
      const until = Math.min(toldAt.get(change.id) ?? record.end, follow.until);
      const from = findLate(record, account, change.visibleFrom, until);
      if (from !== null) violate(from, `change ${change.id} was due and is not told for days`);
    }
  }
  return report;
}

function listMatches(account: YearAccount, changes: readonly YearChange[]) {
  return account.follows.flatMap((follow) =>
    changes
      .filter(
        (change) =>
          change.alerts &&
          change.id > follow.after &&
          change.technologies.includes(follow.technology) &&
          reaches(follow.threshold, change),
      )
      .map((change) => ({ follow, change })),
  );
}

function placeAt({ places }: YearAccount, at: number) {
  const place = places.findLast((one) => one.from <= at);
  if (place === undefined) throw new Error('an account without a place');
  return place;
}

/** Nothing but its clock decides about the account: no outage, move or digest whose traces could last. */
function isUndisturbed(
  record: YearRecord,
  account: YearAccount,
  last: YearDigest | null,
  from: number,
  to: number,
): boolean {
  const calm = from - 90 * hourMs;
  return (
    calm > record.start &&
    (last === null || last.plannedAt < from - 60 * hourMs) &&
    account.places.every((place) => place.from < calm || place.from > to) &&
    account.hindrances.every((one) => one.until < calm || one.from > to)
  );
}

/** Where the account owed a change too long without anything in its way; null where it did not. */
function findLate(record: YearRecord, account: YearAccount, since: number, until: number): number | null {
  const moves = account.places.map(({ from }) => ({ from, until: from }));
  const breaks = [...account.hindrances, ...moves, { from: until, until }].sort((a, b) => a.from - b.from);
  let free = since;
  for (const one of breaks) {
    const stretch = Math.min(one.from, until) - free;
    // A late digest shifts the next ones; a move west repeats a date, and Apia and Fakaofo left one out in 2011.
    const isOdd = moves.some((move) => move.from > free - 80 * hourMs && move.from <= free);
    const most = isOdd || new Date(record.start).getUTCFullYear() === 2011 ? 74 : 49;
    if (stretch > most * hourMs + record.longestStepMs) return free;
    free = Math.max(free, one.until);
  }
  return null;
}

/** Edits that were undone, and articles that came and went, must come to nothing; returns how many did. */
async function checkSteps(told: readonly YearChange[], violate: (what: string) => void): Promise<number> {
  let undone = 0;
  for (const [article, changes] of Map.groupBy(told, (change) => change.article)) {
    const [first, last] = [changes[0], changes.at(-1)];
    if (first === undefined || last === undefined || first === last) continue;
    const steps = changes.map((change) => ({ ...change, reasons: [], passage: null }));
    const step = await combineArticleChanges(steps, async () => ({
      ...{ significance: first.before === last.after ? 'invisible' : 'material', reasons: [], passage: null },
    }));
    const was = first.kind === 'restored' ? null : first.before;
    const is = last.kind === 'retired' ? null : last.after;
    if (was === is && last.significance !== 'invisible') {
      undone += 1;
      if (step !== null) violate(`article ${article} is as it was, and told`);
    } else if (was !== is && step === null) violate(`article ${article} changed, and is not told`);
  }
  return undone;
}

/** What clocks on walls show, by Intl. */
function createWallClock(ticks: readonly number[]) {
  const formats = new Map<string, Intl.DateTimeFormat>();
  /** `2026-03-29 03`; compares as text. */
  const read = (timeZone: string, at: number): string => {
    let format = formats.get(timeZone);
    if (format === undefined) {
      const digits = '2-digit';
      format = new Intl.DateTimeFormat('sv-SE', {
        ...{ timeZone, year: 'numeric', month: digits, day: digits, hour: digits, hourCycle: 'h23' },
      });
      formats.set(timeZone, format);
    }
    return format.format(at);
  };
  return {
    read,
    /** The first tick from `since` on at which the hour had come for the first time that day. */
    findFirstDue({ zone, hour }: { zone: string; hour: number }, since: number): number | null {
      let n = ticks.findIndex((tick) => tick >= since);
      if (n < 0) return null;
      let shown = ''; // the furthest that the clock has been: one set back comes through an hour again
      for (let m = n - 1; m >= 0 && (ticks[m] ?? 0) > since - 16 * hourMs; m--) {
        const then = read(zone, ticks[m] ?? 0);
        if (then > shown) shown = then;
      }
      for (; n < ticks.length; n++) {
        const tick = ticks[n] ?? 0;
        const shows = read(zone, tick);
        const isDue = [shown, shows].some((one) => {
          const due = `${one.slice(0, 10)} ${String(hour).padStart(2, '0')}`;
          return shown < due && due <= shows;
        });
        if (isDue) return tick;
        if (shows > shown) shown = shows;
      }
      return null;
    },
  };
}
