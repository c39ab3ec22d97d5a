import type { Instant } from '../../knowledge/ids.ts';
import type { TeamReport } from './team.ts';
import type { TeamPorts } from './team-ports.ts';

const dayMs = 86_400_000;
/** A report that could not be mailed for so long is on the page only. */
const mailedWithinMs = 3 * dayMs;

/** The last whole week before `now`, Monday to Monday in UTC, so that it is the same week for every member. */
export function findLastWeek(now: Instant): { week: string; fromAt: Instant; toAt: Instant } {
  const today = Math.floor(now / dayMs);
  // Day 0 of the epoch was a Thursday.
  const monday = today - ((today + 3) % 7);
  const fromAt = ((monday - 7) * dayMs) as Instant; // whole days of an instant
  const toAt = (monday * dayMs) as Instant; // as above
  return { week: new Date(fromAt).toISOString().slice(0, 10), fromAt, toAt };
}

/**
 * Makes the report of the last week for every team that has none, and mails reports to members who want them. May be
 * run at any time, by any number of processes: the database holds both to once a week. Who is mailed is written down
 * before the letter is queued, so that a crash costs one letter at worst and doubles none.
 */
export async function reportWeeks(ports: TeamPorts): Promise<{ reports: number; letters: number }> {
  const now = ports.clock.now();
  const last = findLastWeek(now);
  let reports = 0;
  for (const team of await ports.teams.listTeamsWithoutReport(last.week)) {
    if ((await ports.teams.makeReport({ team, ...last, now })) !== null) reports += 1;
  }
  const letters = await ports.teams.claimReportLetters((now - mailedWithinMs) as Instant, now); // an earlier instant
  for (const { team, report, member } of letters) {
    await ports.mailer.queueNotice({
      accountId: member.accountId,
      address: member.address,
      notice: {
        kind: 'team-report',
        team: team.name,
        week: report.week,
        sentences: describeReport(report),
        link: ports.links.teamReports(team.slug),
      },
    });
  }
  return { reports, letters: letters.length };
}

/** The report in sentences. */
export function describeReport({ entries, done, notRelevant, stillOpen }: TeamReport): string[] {
  return [
    entries === 0
      ? 'Nothing changed in what the team follows.'
      : `The digests brought ${entries} ${entries === 1 ? 'entry' : 'entries'}.`,
    `${done} marked done, ${notRelevant} not relevant.`,
    stillOpen === 0 ? 'Nothing is open.' : `${stillOpen} still open.`,
  ];
}
