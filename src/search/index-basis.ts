import { hash } from 'node:crypto';
import { asId } from '../knowledge/ids.ts';
import { readDocument } from '../knowledge/reading/read-document.ts';
import { foldCase } from './analysis/analyse-word.ts';
import { buildSegments } from './build-index.ts';
import type { SearchDocument } from './search-document.ts';
import { createAnalysers } from './search-index.ts';
import { emptyVocabulary, listNameGroups, type Vocabulary } from './vocabulary.ts';

/**
 * Names what an index depends on besides its documents: the rules of analysis and weighing, and which names mean the
 * same. Where two indexes differ in it, the words of one are not those of the other.
 */
export function nameIndexBasis(vocabulary: Vocabulary): string {
  rules ??= hash('sha256', indexSample());
  const groups = listNameGroups(vocabulary)
    .map(foldNames)
    .filter((names) => names.length > 1);
  return hash('sha256', JSON.stringify([rules, groups.map((names) => names.join('\n')).sort()]));
}

let rules: string | null = null;

/** Names that differ in more than case and punctuation, in a fixed order. */
function foldNames(names: readonly string[]): string[] {
  const folded = names.map((name) =>
    foldCase(name)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );
  return [...new Set(folded)].filter((name) => name !== '').sort();
}

/** The bytes that the rules make of a few fixed texts: whoever changes the rules changes them. */
function indexSample(): Uint8Array {
  const segments = buildSegments(
    [makeSample('en', english), makeSample('de', german)],
    createAnalysers(emptyVocabulary),
  );
  return Buffer.concat(segments.map((segment) => new Uint8Array(segment)));
}

const english = `# Can't open Set-Mailbox's log: error 0x80070002

See [KB910336](other-article.md), version 15.1.2507.6 and C:\\Windows\\Temp\\a.log.

## Symptoms

"The system cannot find the file specified" (-2147024894), whichever e-mail was synchronized.

## Resolution

1. Sign in again, and wait for the replications.
`;
const german = `# Fehler 0x80070002 beim Öffnen der Dateien

Die Anmeldungen werden nicht übernommen: "Zugriff verweigert".
`;

function makeSample(language: string, text: string): SearchDocument {
  const key = 'samples/open-mailbox.md';
  const document = readDocument({ format: 'markdown', text, includes: {}, facts: {} }, key);
  return {
    articleId: asId(1),
    sourceId: asId(1),
    key,
    url: null,
    isRetired: false,
    document: { ...document, language },
    formerNames: ['Mailboxes are not opened'],
    technologies: [],
    createdAt: asId(0),
    changedAt: asId(0),
    hasRemedy: false,
  };
}
