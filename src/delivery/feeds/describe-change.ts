import { findFirstSentence } from '../../alerts/first-sentence.ts';
import type { BulkEdit, ChangeWithArticle } from '../../knowledge/archive.ts';
import type { Passage } from '../../knowledge/change.ts';
import { compareWords } from '../../knowledge/difference/compare-words.ts';
import type { Document } from '../../knowledge/document.ts';
import type { Instant } from '../../knowledge/ids.ts';
import { formatVendorDate, nameKind } from '../digests/digest-wording.ts';
import { type Markup, markup } from '../messages/markup.ts';
import type { MessageLinks } from '../messages/message-settings.ts';
import { shorten, toLine, toLines } from '../messages/plain-text.ts';
import { asSentence, countOf } from '../messages/wording.ts';
import type { FeedEntry } from './feed.ts';

const maxPassage = 600;
/** Of XML 1.0 (2.2): what no feed may have, however it is escaped. */
const unfit = /[\u{fffe}\u{ffff}]/gu;

/** A change in the words that a digest has for it. `document`: the revision that it led to, where it can be read. */
export function describeChange(
  change: ChangeWithArticle,
  document: Document | null,
  { authority, links }: { readonly authority: string; readonly links: MessageLinks },
): FeedEntry {
  const { article, fromRevision, toRevision } = change;
  const hasDifference =
    change.kind !== 'created' &&
    change.kind !== 'retired' &&
    fromRevision !== null &&
    fromRevision !== toRevision;
  const reasons = change.kind === 'created' ? [] : change.reasons.map(({ sentence }) => asSentence(sentence));
  const about = document && findFirstSentence(document);
  const url = hasDifference
    ? links.difference(article.id, fromRevision, toRevision)
    : links.article(article.id);
  const html = markup`${
    reasons.length > 0 && markup`<p>${readable(shorten(toLine(reasons.join(' ')), 400))}</p>`
  }${change.kind === 'revised' && renderPassage(change.passage)}${
    about !== null && markup`<p>${readable(toLine(about))}</p>`
  }<p>${readable(listFacts(change, document).join(' · '))}</p>${
    hasDifference &&
    markup`<p><a href="${url}">See the whole difference</a> · <a href="${links.article(article.id)}">The article</a></p>`
  }`.html;
  return {
    id: `tag:${authority},2026:change/${change.id}`,
    url,
    title: readable(`${nameKind(change)}: ${toLine(article.title)}`),
    html,
    publishedAt: change.occurredAt,
    updatedAt: change.recordedAt,
    tags: change.technologies.map((technology) => readable(toLine(technology.name))),
  };
}

/** The same edit in many articles, as one entry. */
export function describeBulkEdit(
  edit: BulkEdit,
  recordedAt: Instant,
  { authority, links }: { readonly authority: string; readonly links: MessageLinks },
): FeedEntry {
  const url = links.bulkEdit(edit.id);
  const count = countOf(edit.articleCount, 'article');
  return {
    id: `tag:${authority},2026:bulk-edit/${edit.id}`,
    url,
    title: readable(`Bulk edit: ${toLine(edit.sentence)}`),
    html: markup`<p>${readable(toLine(asSentence(edit.sentence)))} <a href="${url}">See the ${count}</a> (${edit.significance})</p>`
      .html,
    publishedAt: edit.occurredAt,
    updatedAt: recordedAt,
    tags: [],
  };
}

function listFacts({ article, kind, toRevision }: ChangeWithArticle, document: Document | null): string[] {
  const vendorDate = document?.vendorDate ?? null;
  return [
    ...article.externalIds.slice(0, 1).map(toLine),
    `revision ${toRevision}`,
    ...(vendorDate === null ? [] : [`vendor’s date ${formatVendorDate(vendorDate)}`]),
    ...(kind === 'retired' && article.retiredBecause !== null ? [toLine(article.retiredBecause)] : []),
  ];
}

function renderPassage(passage: Passage | null): Markup | null {
  if (passage === null) return null;
  const tidy = (text: string) => readable(shorten(toLines(text).join('\n'), maxPassage));
  const [before, after] = [tidy(passage.before), tidy(passage.after)];
  const pieces = compareWords(before, after);
  const side = (other: 'removed' | 'added', tag: (text: string) => Markup) =>
    pieces
      .filter((piece) => piece.state === 'same' || piece.state === other)
      .map((piece) => (piece.state === 'same' ? markup`${piece.text}` : tag(piece.text)));
  return markup`${
    before !== '' && markup`<blockquote>${side('removed', (text) => markup`<del>${text}</del>`)}</blockquote>`
  }${after !== '' && markup`<blockquote>${side('added', (text) => markup`<ins>${text}</ins>`)}</blockquote>`}`;
}

function readable(text: string): string {
  return text.toWellFormed().replace(unfit, '');
}
