import type { Digest, DigestEntry, DigestGroup } from '../../alerts/digest.ts';
import type { MessageLinks } from '../messages/message-settings.ts';
import { shorten, toLine, toLines, wrap } from '../messages/plain-text.ts';
import { asSentence, countOf } from '../messages/wording.ts';
import {
  explain,
  formatVendorDate,
  greet,
  listFollowed,
  listWhyRetired,
  nameKind,
  summarise,
  tellTime,
} from './digest-wording.ts';
import { renderFeedbackText } from './render-digest-feedback.ts';
import type { DigestPart } from './split-digest.ts';

const margin = ' '.repeat(12);
const maxPassage = 320;

/** The text part of a digest: written to be read, in lines of at most 72 characters where links allow it. */
export function renderDigestText(
  digest: Digest,
  { groups, leftOut }: DigestPart,
  links: MessageLinks,
): string {
  const secret = digest.account.unsubscribeSecret;
  const onTheWeb = links.digest(secret, digest.localDate);
  return [
    wrap(`${greet(digest)} ${summarise(digest)}`),
    ...groups.map((group) => renderGroup(group, secret, links)),
    ...digest.bulkEdits.map((edit) =>
      [
        wrap(`Also: ${toLine(asSentence(edit.sentence))} (${edit.significance})`),
        links.bulkEdit(edit.id),
      ].join('\n'),
    ),
    ...(leftOut > 0 ? [`And ${countOf(leftOut, 'more', 'more')} on the site:\n${onTheWeb}`] : []),
    ...renderFeedbackText(digest, links),
    [
      '-- ', // the mark of a signature, RFC 3676, 4.3
      wrap(`You get this because you follow ${listFollowed(digest)}.`),
      wrap(`At most one mail a day, none on quiet days. Your time: ${tellTime(digest)}.`),
      `Change what you get: ${links.settings()}`,
      `Stop all: ${links.unsubscribe(secret)}`,
      `This digest on the web: ${onTheWeb}`,
      '',
    ].join('\n'),
  ].join('\n\n');
}

function renderGroup(group: DigestGroup, secret: string, links: MessageLinks): string {
  const { subscription } = group;
  return [
    toLine(group.title).toLocaleUpperCase('en'),
    ...group.entries.map((entry) => renderEntry(entry, links)),
    ...(subscription
      ? [`${wrap(explain(subscription), '  ')}\n  Stop this: ${links.unfollow(secret, subscription.id)}`]
      : []),
  ].join('\n\n');
}

function renderEntry(entry: DigestEntry, links: MessageLinks): string {
  const label = `  ${nameKind(entry)}`.padEnd(margin.length);
  const reasons = entry.kind === 'created' ? [] : entry.reasons;
  return [
    wrap(toLine(entry.article.title), label, margin),
    ...(reasons.length > 0 ? [wrap(reasons.map(asSentence).map(toLine).join(' '), margin)] : []),
    ...renderPassage(entry),
    ...(entry.about === null ? [] : [wrap(toLine(entry.about), margin)]),
    ...renderFacts(entry),
    margin + linkOf(entry, links),
  ].join('\n');
}

function renderPassage({ passage }: DigestEntry): string[] {
  if (passage === null) return [];
  const side = (label: string, text: string) => {
    const lines = toLines(shorten(text, maxPassage));
    const rest = `${margin}  ${' '.repeat(label.length)}`;
    if (lines.length === 0) return [`${margin}  ${label}(nothing)`];
    return lines.map((line, n) => wrap(line, n === 0 ? `${margin}  ${label}` : rest, rest));
  };
  return [...side('before: ', passage.before), ...side('now:    ', passage.after)];
}

function renderFacts(entry: DigestEntry): string[] {
  const { externalIds } = entry.article;
  const facts = [
    ...externalIds.slice(0, 1).map(toLine),
    ...(entry.vendorDate === null ? [] : [`vendor's date ${formatVendorDate(entry.vendorDate)}`]),
    ...(entry.toRevision > 1 ? [`revision ${entry.toRevision}`] : []),
    ...listWhyRetired(entry),
  ];
  return facts.length === 0 ? [] : [wrap(facts.join(' · '), margin)];
}

/** To what changed where there is something to compare, else to the article. */
function linkOf(entry: DigestEntry, links: MessageLinks): string {
  return entry.fromRevision === null || entry.kind === 'retired'
    ? links.article(entry.article.id)
    : links.difference(entry.article.id, entry.fromRevision, entry.toRevision);
}
