import type { DigestFeedback } from '../../alerts/digest.ts';
import type { ToldFeedback } from '../../alerts/told-feedback.ts';
import { shorten, toLine } from '../messages/plain-text.ts';
import { countOf, listOf } from '../messages/wording.ts';

const maxText = 200;

/** "2 readers": how many said something of articles that are followed with it; '' for none. */
export function countReaders(feedback: readonly DigestFeedback[]): string {
  const count = feedback.reduce((sum, { said }) => sum + said.length, 0);
  return count === 0 ? '' : countOf(count, 'reader');
}

/** "2 readers: 1 worked, 1 did not work" */
export function tallyReaders(feedback: DigestFeedback): string {
  const counts = Map.groupBy(feedback.said, (one) => nameOutcome(one));
  const parts = [...counts].map(([name, ones]) => `${ones.length} ${name}`);
  return `${countReaders([feedback])}: ${listOf(parts)}`;
}

/** "Ada: did not work — The service came back." */
export function quoteReader(one: ToldFeedback): string {
  const name = shorten(toLine(one.authorName), 60) || 'Anonymous';
  const text = shorten(toLine(one.body), maxText);
  return `${name}: ${nameOutcome(one)}${text === '' ? '' : ` — ${text}`}`;
}

function nameOutcome({ outcome, didHarm }: Pick<ToldFeedback, 'outcome' | 'didHarm'>): string {
  if (didHarm) return 'made it worse';
  if (outcome === null) return 'told what happened';
  return { yes: 'worked', partly: 'worked in part', no: 'did not work' }[outcome];
}
