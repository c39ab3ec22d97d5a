import type { Digest, DigestEntry, DigestGroup } from '../../alerts/digest.ts';
import { compareWords } from '../../knowledge/difference/compare-words.ts';
import { look, mailFrame } from '../messages/mail-look.ts';
import { type Markup, markup } from '../messages/markup.ts';
import type { MessageLinks } from '../messages/message-settings.ts';
import { shorten, toLine, toLines } from '../messages/plain-text.ts';
import { asSentence, countOf } from '../messages/wording.ts';
import {
  explain,
  formatVendorDate,
  listFollowed,
  listWhyRetired,
  nameKind,
  summarise,
  tellTime,
} from './digest-wording.ts';
import { quoteReader } from './feedback-wording.ts';
import { renderFeedbackHtml } from './render-digest-feedback.ts';
import { type DigestPart, splitDigest } from './split-digest.ts';

/** Gmail cuts messages at 102 KB; what is left below 90 KB is for headers and for what relays add. */
const maxBytes = 90_000;
const frameBytes = 12_000;
const maxPassage = 600;
const maxBulkEdits = 20;

/** The HTML part of a digest, below 90 KB, and which of its entries found room in it. */
export function renderDigestHtml(
  digest: Digest,
  title: string,
  links: MessageLinks,
): { html: string; part: DigestPart } {
  const said = renderFeedbackHtml(digest, links);
  const saidBytes = said.reduce((sum, row) => sum + Buffer.byteLength(row.html), 0);
  const part = splitDigest(digest, maxBytes - frameBytes - saidBytes, (entry) =>
    Buffer.byteLength(renderEntry(entry, links).html),
  );
  const secret = digest.account.unsubscribeSecret;
  const rows = [
    markup`<tr><td class="mute" style="${look.lead}">${summarise(digest)}</td></tr>\n`,
    ...part.groups.flatMap((group) => renderGroup(group, secret, links)),
    ...renderBulkEdits(digest, links),
    ...renderLeftOut(digest, part, links),
    ...said,
    renderFoot(digest, links),
  ];
  return { html: mailFrame({ title, preheader: writePreheader(part, digest), rows }), part };
}

/** The first entries in a few words: what a mail program shows before the mail is opened. */
function writePreheader({ groups }: DigestPart, { feedback }: Digest): string {
  const entries = groups.flatMap((group) => group.entries).slice(0, 3);
  const words = entries.map(({ kind, reasons, article }) =>
    toLine(
      kind === 'revised' && reasons[0] !== undefined ? `${article.title}: ${reasons[0]}` : article.title,
    ),
  );
  const [said] = feedback[0]?.said ?? [];
  if (words.length === 0 && said) words.push(quoteReader(said));
  return shorten(words.map(asSentence).join(' '), 200);
}

function renderGroup(group: DigestGroup, secret: string, links: MessageLinks): Markup[] {
  const { subscription } = group;
  return [
    markup`<tr><td class="ink rule" style="${look.group}">${toLine(group.title)}</td></tr>\n`,
    ...group.entries.map((entry) => renderEntry(entry, links)),
    ...(subscription
      ? [
          markup`<tr><td class="mute" style="${look.muted};padding-bottom:28px">${explain(subscription)} <a class="link" href="${links.unfollow(secret, subscription.id)}" style="${look.link}">Stop this</a></td></tr>\n`,
        ]
      : []),
  ];
}

const kindMarks = {
  created: { sign: '●', tone: 'new', colour: '#0b6654' },
  restored: { sign: '●', tone: 'new', colour: '#0b6654' },
  revised: { sign: '◐', tone: 'changed', colour: '#8a5200' },
  moved: { sign: '◌', tone: 'mute', colour: '#68635a' },
  retired: { sign: '○', tone: 'mute', colour: '#68635a' },
} as const;

function renderEntry(entry: DigestEntry, links: MessageLinks): Markup {
  const { article, fromRevision, toRevision } = entry;
  const mark = kindMarks[entry.kind];
  const reasons = entry.kind === 'created' ? '' : entry.reasons.map(asSentence).map(toLine).join(' ');
  const difference =
    fromRevision === null || entry.kind === 'retired'
      ? null
      : markup`<a class="link" href="${links.difference(article.id, fromRevision, toRevision)}" style="${look.link}">See the whole difference</a>`;
  const facts = listFacts(entry);
  return markup`<tr><td class="ink" style="${look.text};padding-bottom:24px"><span class="${mark.tone}" style="color:${mark.colour};font-weight:600;font-size:13px">${mark.sign} ${nameKind(entry)}</span><br>
<a class="ink" href="${links.article(article.id)}" style="${look.title}">${toLine(article.title)}</a>${reasons !== '' && markup`<br>${shorten(reasons, 400)}`}${renderPassage(entry)}${entry.about !== null && markup`<div class="mute" style="${look.muted};font-size:15px;padding:2px 0">${toLine(entry.about)}</div>`}${(difference || facts !== '') && markup`<div class="mute" style="${look.muted}">${difference}${difference && facts !== '' && ' · '}${facts}</div>`}</td></tr>
`;
}

function listFacts(entry: DigestEntry): string {
  const { externalIds } = entry.article;
  return [
    ...externalIds.slice(0, 1).map(toLine),
    ...(entry.toRevision > 1 ? [`revision ${entry.toRevision}`] : []),
    ...(entry.vendorDate === null ? [] : [`vendor’s date ${formatVendorDate(entry.vendorDate)}`]),
    ...listWhyRetired(entry),
  ].join(' · ');
}

function renderPassage({ passage }: DigestEntry): Markup | null {
  if (passage === null) return null;
  const [before, after] = [tidy(passage.before), tidy(passage.after)];
  const pieces = compareWords(before, after);
  const side = (other: 'removed' | 'added', tag: (text: string) => Markup) =>
    pieces
      .filter((piece) => piece.state === 'same' || piece.state === other)
      .map((piece) => (piece.state === 'same' ? markup`${piece.text}` : tag(piece.text)));
  return markup`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:10px 0;font-size:15px">${
    before !== '' &&
    markup`<tr><td class="was" style="${look.before}">${side('removed', (text) => markup`<s>${text}</s>`)}</td></tr>`
  }${
    after !== '' &&
    markup`<tr><td class="now" style="${look.after}">${side('added', (text) => markup`<b>${text}</b>`)}</td></tr>`
  }</table>`;
}

function tidy(text: string): string {
  return shorten(toLines(text).join('\n'), maxPassage);
}

function renderBulkEdits({ bulkEdits }: Digest, links: MessageLinks): Markup[] {
  if (bulkEdits.length === 0) return [];
  return [
    markup`<tr><td class="ink rule" style="${look.group}">Many articles at once</td></tr>\n`,
    ...bulkEdits
      .slice(0, maxBulkEdits)
      .map(
        (edit) =>
          markup`<tr><td class="ink" style="${look.text};padding-bottom:20px">${toLine(asSentence(edit.sentence))} <a class="link" href="${links.bulkEdit(edit.id)}" style="${look.link}">See the list</a> <span class="mute" style="color:#68635a">(${edit.significance})</span></td></tr>\n`,
      ),
  ];
}

function renderLeftOut(digest: Digest, { leftOut }: DigestPart, links: MessageLinks): Markup[] {
  if (leftOut === 0) return [];
  const url = links.digest(digest.account.unsubscribeSecret, digest.localDate);
  return [
    markup`<tr><td class="ink" style="${look.text};padding-bottom:24px">And <a class="link" href="${url}" style="${look.link}">${countOf(leftOut, 'more', 'more')} on the site</a>.</td></tr>\n`,
  ];
}

function renderFoot(digest: Digest, links: MessageLinks): Markup {
  const secret = digest.account.unsubscribeSecret;
  const link = (url: string, text: string) =>
    markup`<a class="link" href="${url}" style="${look.link}">${text}</a>`;
  return markup`<tr><td class="mute rule" style="${look.muted};border-top:1px solid #e4dfd3;padding-top:14px">You follow ${listFollowed(digest)}. At most one mail a day, none on quiet days. Your time: ${tellTime(digest)}.<br>${link(links.settings(), 'Change what you get')} &nbsp; ${link(links.unsubscribe(secret), 'Stop all')} &nbsp; ${link(links.digest(secret, digest.localDate), 'Read on the web')}</td></tr>
`;
}
