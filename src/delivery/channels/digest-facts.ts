import type { Digest, DigestEntry } from '../../alerts/digest.ts';
import { explain, formatVendorDate, nameDigest, nameKind, summarise } from '../digests/digest-wording.ts';
import { quoteReader, tallyReaders } from '../digests/feedback-wording.ts';
import { splitDigest } from '../digests/split-digest.ts';
import type { MessageLinks } from '../messages/message-settings.ts';
import { shorten, toLine, toLines } from '../messages/plain-text.ts';
import { asSentence } from '../messages/wording.ts';

/** What a digest says, as plain lines and whole links, before it has the form of a channel. */
export type DigestFacts = {
  readonly title: string;
  readonly summary: string;
  /** Asks for a sign-in: others than the reader may see a channel, so no link in it carries a secret. */
  readonly url: string;
  readonly groups: readonly {
    readonly title: string;
    readonly because: string | null;
    readonly entries: readonly EntryFacts[];
  }[];
  readonly bulkEdits: readonly {
    readonly sentence: string;
    readonly significance: string;
    readonly url: string;
  }[];
  /** What readers said, one for each article. */
  readonly feedback: readonly {
    readonly title: string;
    readonly tally: string;
    readonly quotes: readonly string[];
    readonly url: string;
  }[];
  /** Entries that found no room. */
  readonly leftOut: number;
};

export type EntryFacts = {
  readonly kind: DigestEntry['kind'];
  readonly label: string;
  readonly significance: DigestEntry['significance'];
  readonly title: string;
  readonly url: string;
  readonly differenceUrl: string | null;
  readonly externalIds: readonly string[];
  readonly revision: number;
  readonly reasons: readonly string[];
  readonly passage: { readonly before: string; readonly after: string } | null;
  readonly about: string | null;
  readonly vendorDate: string | null;
};

const maxBulkEdits = 20;
const maxPassage = 600;
const maxFeedback = 5;
const maxQuotes = 2;

/** As many entries as `maxBytes` of JSON allow, at least one. */
export function listDigestFacts(digest: Digest, links: MessageLinks, maxBytes: number): DigestFacts {
  const feedback = digest.feedback.slice(0, maxFeedback).map((one) => ({
    title: shorten(toLine(one.articleTitle), 200),
    tally: tallyReaders(one),
    quotes: one.said.slice(0, maxQuotes).map(quoteReader),
    url: links.allFeedback(one.articleId),
  }));
  const room = maxBytes - (feedback.length === 0 ? 0 : Buffer.byteLength(JSON.stringify(feedback)));
  const part = splitDigest(digest, room, (entry) =>
    Buffer.byteLength(JSON.stringify(describeEntry(entry, links))),
  );
  return {
    title: nameDigest(digest),
    summary: summarise(digest),
    url: links.ownDigest(digest.localDate),
    groups: part.groups.map((group) => ({
      title: toLine(group.title),
      because: group.subscription === null ? null : explain(group.subscription),
      entries: group.entries.map((entry) => describeEntry(entry, links)),
    })),
    bulkEdits: digest.bulkEdits.slice(0, maxBulkEdits).map((edit) => ({
      sentence: toLine(asSentence(edit.sentence)),
      significance: edit.significance,
      url: links.bulkEdit(edit.id),
    })),
    feedback,
    leftOut: part.leftOut,
  };
}

function describeEntry(entry: DigestEntry, links: MessageLinks): EntryFacts {
  const { article, fromRevision, toRevision, passage } = entry;
  const hasDifference = fromRevision !== null && entry.kind !== 'retired';
  const tidy = (text: string) => shorten(toLines(text).join('\n'), maxPassage);
  return {
    kind: entry.kind,
    label: nameKind(entry),
    significance: entry.significance,
    title: toLine(article.title),
    url: links.article(article.id),
    differenceUrl: hasDifference ? links.difference(article.id, fromRevision, toRevision) : null,
    externalIds: article.externalIds.map(toLine),
    revision: toRevision,
    reasons: entry.kind === 'created' ? [] : entry.reasons.map((reason) => toLine(asSentence(reason))),
    passage: passage && { before: tidy(passage.before), after: tidy(passage.after) },
    about: entry.about === null ? null : toLine(entry.about),
    vendorDate: entry.vendorDate === null ? null : formatVendorDate(entry.vendorDate),
  };
}
