import { headerOf, readHeaderFields } from './mail-headers.ts';
import { findAddresses } from './read-addresses.ts';

/** A report in the abuse reporting format (RFC 5965). */
export type FeedbackReport = {
  /** In lower case: `abuse`, `fraud`, `virus`, `not-spam`, `opt-out`, `auth-failure` … */
  readonly feedbackType: string;
  /** Whom the report is about, where it is not redacted. */
  readonly recipients: readonly string[];
};

/** Reads a `message/feedback-report` part; null where it has no type. */
export function readFeedbackReport(text: string): FeedbackReport | null {
  const fields = readHeaderFields(text.replace(/\n\n+/g, '\n'));
  const feedbackType = headerOf(fields, 'feedback-type').toLowerCase();
  if (feedbackType === '') return null;
  const named = ['original-rcpt-to', 'removal-recipient'].flatMap((name) => fields.get(name) ?? []);
  return { feedbackType, recipients: named.flatMap(findAddresses) };
}
