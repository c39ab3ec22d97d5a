import type { Digest, DigestFeedback } from '../../alerts/digest.ts';
import { look } from '../messages/mail-look.ts';
import { type Markup, markup } from '../messages/markup.ts';
import type { MessageLinks } from '../messages/message-settings.ts';
import { shorten, toLine, wrap } from '../messages/plain-text.ts';
import { quoteReader, tallyReaders } from './feedback-wording.ts';

const maxArticles = 10;
const maxQuotes = 3;

/** What readers said, as rows of the HTML part. */
export function renderFeedbackHtml({ feedback }: Pick<Digest, 'feedback'>, links: MessageLinks): Markup[] {
  if (feedback.length === 0) return [];
  const link = (url: string, text: string) =>
    markup`<a class="link" href="${url}" style="${look.link}">${text}</a>`;
  const shown = feedback.slice(0, maxArticles);
  return [
    markup`<tr><td class="ink rule" style="${look.group}">What readers say</td></tr>\n`,
    ...shown.map(
      (one) =>
        markup`<tr><td class="ink" style="${look.text};padding-bottom:20px"><a class="ink" href="${links.article(one.articleId)}" style="${look.title}">${nameArticle(one)}</a><div class="mute" style="${look.muted}">${tallyReaders(one)}</div>${one.said
          .slice(0, maxQuotes)
          .map(
            (said) =>
              markup`<div style="padding:4px 0">${quoteReader(said)} ${link(links.feedback(one.articleId, said.id), 'Read it')}</div>`,
          )}${one.said.length > maxQuotes && link(links.allFeedback(one.articleId), 'Read all')}</td></tr>\n`,
    ),
    ...(feedback.length > maxArticles
      ? [
          markup`<tr><td class="ink" style="${look.text};padding-bottom:24px">And of ${link(links.settings(), tellRest(feedback))}.</td></tr>\n`,
        ]
      : []),
  ];
}

/** The same in the text part; '' where there is none. */
export function renderFeedbackText({ feedback }: Pick<Digest, 'feedback'>, links: MessageLinks): string[] {
  if (feedback.length === 0) return [];
  return [
    'WHAT READERS SAY',
    ...feedback
      .slice(0, maxArticles)
      .map((one) =>
        [
          wrap(nameArticle(one), '  '),
          wrap(tallyReaders(one), '  '),
          ...one.said
            .slice(0, maxQuotes)
            .flatMap((said) => [
              wrap(quoteReader(said), '    ', '      '),
              `      ${links.feedback(one.articleId, said.id)}`,
            ]),
          ...(one.said.length > maxQuotes ? [`    All: ${links.allFeedback(one.articleId)}`] : []),
        ].join('\n'),
      ),
    ...(feedback.length > maxArticles ? [wrap(`And of ${tellRest(feedback)}.`)] : []),
  ];
}

function nameArticle({ articleTitle }: DigestFeedback): string {
  return shorten(toLine(articleTitle), 200);
}

function tellRest(feedback: readonly DigestFeedback[]): string {
  return `${feedback.length - maxArticles} more articles that you follow`;
}
