import type { Feedback, ReportReason } from '../../community/feedback.ts';
import { type SecretKind, secretKinds } from '../../community/secret-patterns-data.ts';
import { countOf, listOf } from './wording.ts';

export const reasonWords: Readonly<Record<ReportReason, string>> = {
  'wrong-article': 'It is about another article',
  'wrong-technology': 'The technology is wrong',
  spam: 'Spam',
  abuse: 'Abuse',
  'dangerous-advice': 'Dangerous advice',
};

/** How the list names what a writer tells, and the colour that stands for it. */
export function nameOutcome({ outcome, didHarm }: Pick<Feedback, 'outcome' | 'didHarm'>): {
  readonly label: string;
  readonly tone: 'new' | 'changed' | 'gone' | 'bad';
} {
  if (didHarm) return { label: 'Did harm', tone: 'bad' };
  if (outcome === 'yes') return { label: 'Worked', tone: 'new' };
  if (outcome === 'partly') return { label: 'Partly', tone: 'changed' };
  return { label: outcome === 'no' ? 'Did not' : 'Told', tone: 'gone' };
}

export function nameAuthor({ authorName, accountId }: Pick<Feedback, 'authorName' | 'accountId'>): string {
  if (authorName !== '') return authorName;
  return accountId === null ? 'Anonymous user' : 'A reader';
}

/** What was masked, as the address of a page carries it. */
export function packMasked(masked: readonly { readonly kind: SecretKind; readonly count: number }[]): string {
  return masked.map(({ kind, count }) => `${secretKinds.indexOf(kind)}-${count}`).join('.');
}

/** "We masked 2 e-mail addresses and 1 password before we saved it."; '' where nothing was. */
export function wordMasked(packed: string): string {
  const counts = new Map<SecretKind, number>();
  for (const part of packed.split('.')) {
    const [at, count] = part.split('-').map(Number);
    const kind = secretKinds[at ?? -1];
    if (kind === undefined || !Number.isSafeInteger(count)) continue;
    counts.set(kind, (counts.get(kind) ?? 0) + (count ?? 0));
  }
  if (counts.size === 0) return '';
  const words = [...counts].map(([kind, count]) =>
    countOf(count, kind, kind.endsWith('s') ? `${kind}es` : `${kind}s`),
  );
  return `We masked ${listOf(words)} before we saved it: nobody can read what stood there.`;
}
