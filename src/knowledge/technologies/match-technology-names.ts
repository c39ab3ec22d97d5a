import { normaliseTechnologyName } from './normalise-technology-name.ts';
import type { TechnologyResolver } from './technology-resolver.ts';
import type { TechnologyDraft } from './technology-tree.ts';

/** Where a pasted text names a technology. */
export type TechnologyMention = { readonly technology: TechnologyDraft; readonly text: string };

const maxTextLength = 50_000;
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
  const pieces = words.map((word) => ({
    text: word.replace(/^[("']+|[).,:;!?"']+$/g, ''),
    key: normaliseTechnologyName(word),
  }));
  const mentions: TechnologyMention[] = [];
  for (let start = 0; start < pieces.length; ) {
    const found = findLongestName(pieces.slice(start, start + maxNameWords), resolver);
    if (found !== null) mentions.push(found.mention);
    start += found?.count ?? 1;
  }
  return mentions;
}

type Piece = { readonly text: string; readonly key: string };

function findLongestName(pieces: readonly Piece[], resolver: TechnologyResolver) {
  for (let count = pieces.length; count > 0; count -= 1) {
    const words = pieces.slice(0, count);
    const text = words.map((word) => word.text).join(' ');
    if (count === 1 && isOrdinaryWord(text)) continue;
    const key = words.map((word) => word.key).join(' ');
    const technology = resolver.findByKey(key) ?? resolver.findByKey(key.replace(/^microsoft /, ''));
    if (technology !== null) return { mention: { technology, text }, count };
  }
  return null;
}

function isOrdinaryWord(text: string): boolean {
  return /^\p{Ll}/u.test(text) && ordinaryWords.has(text);
}
