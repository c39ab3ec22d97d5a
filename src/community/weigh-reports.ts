import type { ReportReason } from './feedback.ts';
import { type ReporterRecord, reliabilityOf, shareOfGood, type WriterRecord } from './trust.ts';

export type WeighedReport = {
  readonly reason: ReportReason;
  /** null: a reader without an account; `record` is then that of all of them together. */
  readonly hasAccount: boolean;
  readonly record: ReporterRecord;
};

export type ReportedFeedback = {
  readonly writer: WriterRecord;
  /** How often a moderator said that it is fit to be shown. */
  readonly keptTimes: number;
  /** Those that no moderator has judged. */
  readonly reports: readonly WeighedReport[];
};

/** From which probability on of being irrelevant feedback is folded, and from which on spam and abuse are hidden. */
const foldsFrom = 0.5;
const hidesFrom = 0.15;
/** Share of irrelevant feedback that an unknown writer is expected to write. */
const priorOdds = 1 / 9;
/** One word of a moderator is worth so much: e^2 to 1. */
const keptWeight = 2;

/**
 * What is to be done with reported feedback. Each report is evidence as strong as its reporter is reliable: the odds of
 * being irrelevant are multiplied by r/(1-r), as for independent witnesses of known quality (Dawid and Skene, Applied
 * Statistics 28, 1979). A reporter who was always wrong counts against the report, at most as nothing.
 */
export function weighReports({ writer, keptTimes, reports }: ReportedFeedback): 'show' | 'fold' | 'hide' {
  const writersOdds = (1 - shareOfGood(writer)) / shareOfGood(writer);
  let logOdds = Math.log(priorOdds * writersOdds) - keptWeight * keptTimes;
  for (const { record, hasAccount } of reports) {
    const reliability = reliabilityOf(record, hasAccount);
    logOdds += Math.max(0, Math.log(reliability / (1 - reliability)));
  }
  const probability = 1 / (1 + Math.exp(-logOdds));
  const offences = reports.filter(({ reason }) => reason === 'spam' || reason === 'abuse').length;
  if (offences > 0 && offences * 2 >= reports.length && probability >= hidesFrom) return 'hide';
  return probability >= foldsFrom ? 'fold' : 'show';
}
