import { look, mailFrame } from '../messages/mail-look.ts';
import { markup } from '../messages/markup.ts';
import { toLine, wrap } from '../messages/plain-text.ts';
import type { NoticeContent } from './notice-wording.ts';

export function renderNoticeText({ paragraphs, action, footnote }: NoticeContent): string {
  return [
    ...paragraphs.map((paragraph) => wrap(toLine(paragraph))),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    `-- \n${wrap(toLine(footnote))}\n`,
  ].join('\n\n');
}

export function renderNoticeHtml({ subject, paragraphs, action, footnote }: NoticeContent): string {
  const rows = [
    ...paragraphs.map(
      (paragraph) =>
        markup`<tr><td class="ink" style="${look.text};padding-top:12px">${toLine(paragraph)}</td></tr>\n`,
    ),
    markup`<tr><td style="padding:24px 0">${
      action &&
      markup`<a class="button" href="${action.url}" style="${look.button}">${action.label}</a>
<div class="mute" style="${look.muted};padding-top:14px;word-break:break-all">Or open this address: <a class="link" href="${action.url}" style="${look.link}">${action.url}</a></div>`
    }</td></tr>\n`,
    markup`<tr><td class="mute rule" style="${look.muted};border-top:1px solid #e4dfd3;padding-top:14px">${toLine(footnote)}</td></tr>\n`,
  ];
  return mailFrame({ title: subject, preheader: toLine(paragraphs[0] ?? subject), rows });
}
