import { normaliseTechnologyName } from './normalise-technology-name.ts';
import type { TechnologyResolver } from './technology-resolver.ts';
import type { TechnologyDraft } from './technology-tree.ts';

/** Where a pasted text names a technology. */
export type TechnologyMention = { readonly technology: TechnologyDraft; readonly text: string };

const maxTextLength = 200_000;
const maxNameWords = 8;

/** Names that are words of English too; within a sentence they count only when capitalised. */
const ordinaryWords = new Set(
  'access archive audit autopilot azure batch blazor defender delve edge excel exchange forms git go groove java lists loop office outlook planner project publisher python skype slack stream surface sway teams visio whiteboard windows word zoom printing apple dell ios ssh apt orchestrator passport'.split(
    ' ',
  ),
);

/**
 * Technologies that a pasted text names, each once, in the order of the text: a list of installed programs, a line a
 * product, or sentences ("we run Exchange 2019 and Windows Server 2022"). The longest name wins.
 */
export function matchTechnologyNames(text: string, resolver: TechnologyResolver): TechnologyMention[] {
  const mentions = new Map<string, TechnologyMention>();
  for (const line of text.slice(0, maxTextLength).split(/[\n\r\t;|]+|,(?=\s)/)) {
    for (const mention of matchLine(line.trim(), resolver)) {
      if (!mentions.has(mention.technology.slug)) mentions.set(mention.technology.slug, mention);
    }
  }
  return [...mentions.values()];
}

function matchLine(line: string, resolver: TechnologyResolver): TechnologyMention[] {
  if (line === '') return [];
  const words = line.split(/\s+/);
  if (words.length <= maxNameWords) {
    const technology = resolver.findByName(line);
    if (technology !== null) return [{ technology, text: line }];
  }
  const mentions: TechnologyMention[] = [];
  for (let start = 0; start < words.length; ) {
    const found = findLongestName(words.slice(start, start + maxNameWords), resolver);
    if (found !== null) mentions.push(found.mention);
    start += found?.count ?? 1;
  }
  return mentions;
}

function findLongestName(words: readonly string[], resolver: TechnologyResolver) {
  for (let count = words.length; count > 0; count -= 1) {
    const text = words
      .slice(0, count)
      .join(' ')
      .replace(/^[("']+|[).,:;!?"']+$/g, '');
    if (count === 1 && isOrdinaryWord(text)) continue;
    const technology = resolver.findByKey(normaliseTechnologyName(text));
    if (technology !== null) return { mention: { technology, text }, count };
  }
  return null;
}

function isOrdinaryWord(text: string): boolean {
  return /^\p{Ll}/u.test(text) && ordinaryWords.has(text);
}
