import { shorten } from '../messages/plain-text.ts';
import { countOf } from '../messages/wording.ts';
import type { DigestFacts, EntryFacts } from './digest-facts.ts';

type Block = Readonly<Record<string, unknown>>;

/** Slack takes 50 blocks, 150 characters in a header and 3,000 in a section. */
const maxEntries = 30;
const maxHeader = 150;
const maxSection = 2900;

/** A message of Block Kit (https://docs.slack.dev/reference/block-kit). */
export function renderSlack(facts: DigestFacts): Block {
  const entries = facts.groups.flatMap((group) =>
    group.entries.map((entry, n) => ({ entry, heading: n === 0 ? group.title : null })),
  );
  const shown = entries.slice(0, maxEntries);
  const leftOut = facts.leftOut + entries.length - shown.length;
  return {
    text: escapeText(facts.title), // what notifications show
    unfurl_links: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: shorten(facts.title, maxHeader - 2) } },
      section(escapeText(facts.summary)),
      ...shown
        .flatMap(({ entry, heading }): Block[] => [
          ...(heading === null ? [] : [{ type: 'context', elements: [text(`*${escapeText(heading)}*`)] }]),
          section(describe(entry)),
        ])
        .slice(0, 44),
      ...(facts.bulkEdits.length === 0
        ? []
        : [
            section(
              facts.bulkEdits
                .slice(0, 5)
                .map(({ sentence, url }) => `${escapeText(sentence)} <${url}|See the list>`)
                .join('\n'),
            ),
          ]),
      ...(facts.feedback.length === 0
        ? []
        : [
            section(
              facts.feedback
                .flatMap(({ title, tally, quotes, url }) => [
                  `${escapeText(tally)} on <${url}|${escapeText(shorten(title, 100))}>`,
                  ...quotes.map((quote) => `>${escapeText(quote)}`),
                ])
                .join('\n'),
            ),
          ]),
      {
        type: 'context',
        elements: [
          text(
            `${leftOut > 0 ? `And ${countOf(leftOut, 'more', 'more')}. ` : ''}<${facts.url}|Read on the site>`,
          ),
        ],
      },
    ],
  };
}

function describe(entry: EntryFacts): string {
  const { label, title, url, differenceUrl, reasons, passage, about } = entry;
  return [
    `${label}: *<${url}|${escapeText(title)}>*`,
    ...(reasons.length === 0 ? [] : [escapeText(shorten(reasons.join(' '), 400))]),
    ...(passage === null ? [] : quote(passage)),
    ...(about === null ? [] : [escapeText(about)]),
    ...(differenceUrl === null ? [] : [`<${differenceUrl}|See the whole difference>`]),
  ].join('\n');
}

function quote({ before, after }: { readonly before: string; readonly after: string }): string[] {
  const side = (name: string, passage: string) =>
    passage === '' ? [] : [`>_${name}_ ${escapeText(shorten(passage.replaceAll('\n', ' '), 300))}`];
  return [...side('before', before), ...side('now', after)];
}

function section(markdown: string): Block {
  return { type: 'section', text: text(shorten(markdown, maxSection)) };
}

function text(markdown: string): Block {
  return { type: 'mrkdwn', text: markdown };
}

/** The three characters that begin a link or a mention, such as `<!channel>` (Slack, "Escaping text"). */
function escapeText(line: string): string {
  return line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
