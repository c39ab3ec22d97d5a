import { type SectionKind, sectionKinds } from '../knowledge/document.ts';
import { asId } from '../knowledge/ids.ts';
import { readDocument } from '../knowledge/reading/read-document.ts';
import type { SearchDocument } from './search-document.ts';

/** A document for a test: Markdown and what else matters to it. */
export function makeSearchDocument(
  id: number,
  markdown: string,
  other: Partial<Omit<SearchDocument, 'document' | 'articleId'>> = {},
): SearchDocument {
  const key = other.key ?? `article-${id}.md`;
  return {
    articleId: asId(id),
    sourceId: asId(1),
    url: null,
    isRetired: false,
    formerNames: [],
    technologies: [],
    createdAt: asId(0),
    changedAt: asId(0),
    hasRemedy: false,
    ...other,
    key,
    document: readDocument({ format: 'markdown', text: markdown, includes: {}, facts: {} }, key),
  };
}

/** The heading that makes a section of the kind. */
export function headingOf(kind: SectionKind): string {
  const headings: Partial<Record<SectionKind, string>> = {
    symptoms: 'Symptoms',
    cause: 'Cause',
    resolution: 'Resolution',
    workaround: 'Workaround',
    status: 'Status',
    'more-information': 'More information',
    references: 'References',
  };
  return headings[kind] ?? sectionKinds[0];
}
