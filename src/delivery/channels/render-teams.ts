import { shorten } from '../messages/plain-text.ts';
import { countOf } from '../messages/wording.ts';
import type { DigestFacts, EntryFacts } from './digest-facts.ts';

type Element = Readonly<Record<string, unknown>>;

/**
 * What a workflow of Microsoft Teams ("When a Teams webhook request is received") posts: an adaptive card. All that
 * comes from articles is in text runs, which know no Markdown.
 */
export function renderTeams(facts: DigestFacts): Element {
  const body: Element[] = [
    runs([{ text: facts.title, weight: 'Bolder', size: 'Medium' }]),
    runs([{ text: facts.summary, isSubtle: true }]),
    ...facts.groups.flatMap((group) => [
      runs([{ text: group.title, weight: 'Bolder' }], { separator: true }),
      ...group.entries.map(describe),
    ]),
    ...facts.bulkEdits.map(({ sentence, url }) => runs([{ text: sentence, selectAction: open(url) }])),
    ...facts.feedback.map(({ title, tally, quotes, url }) =>
      runs([
        { text: `${tally} on `, isSubtle: true },
        { text: title, selectAction: open(url) },
        ...quotes.map((quote) => ({ text: `\n${quote}` })),
      ]),
    ),
    ...(facts.leftOut > 0
      ? [runs([{ text: `And ${countOf(facts.leftOut, 'more', 'more')} on the site.`, isSubtle: true }])]
      : []),
  ];
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          fallbackText: facts.title,
          msteams: { width: 'Full' },
          body,
          actions: [{ ...open(facts.url), title: 'Read on the site' }],
        },
      },
    ],
  };
}

function describe(entry: EntryFacts): Element {
  const { label, title, url, differenceUrl, reasons, passage, about } = entry;
  const line = (text: string, more: Element = {}) => ({ text: `\n${text}`, ...more });
  return runs([
    { text: `${label}: `, isSubtle: true },
    { text: title, weight: 'Bolder', selectAction: open(differenceUrl ?? url) },
    ...(reasons.length === 0 ? [] : [line(shorten(reasons.join(' '), 400))]),
    ...(passage === null || passage.before === ''
      ? []
      : [line(shorten(passage.before, 300), { strikethrough: true, isSubtle: true })]),
    ...(passage === null || passage.after === '' ? [] : [line(shorten(passage.after, 300))]),
    ...(about === null ? [] : [line(about, { isSubtle: true })]),
  ]);
}

function runs(inlines: readonly Element[], more: Element = {}): Element {
  return {
    type: 'RichTextBlock',
    ...more,
    inlines: inlines.map((inline) => ({ type: 'TextRun', ...inline })),
  };
}

function open(url: string): Element {
  return { type: 'Action.OpenUrl', url };
}
