import { readSectionKind } from './section-kind.ts';

const tabHeading = /^\[([^\]]*)\]\(#tab\/[^)]*\)\s*$/;

/** The label of a tab that is written as a heading, `# [Windows](#tab/windows)`; null for other headings. */
export function readTabLabel(content: string): string | null {
  return tabHeading.exec(content)?.[1] ?? null;
}

/**
 * Tells, for the headings of a document in order, which one is the page's own: the first of all, at level 1, unless it
 * is the name of a section.
 */
export function createPageHeadingTest(): (text: string, level: number) => boolean {
  let isFirst = true;
  return (text, level) => {
    const isPageHeading = isFirst && level === 1 && readSectionKind(text, null) === 'other';
    isFirst = false;
    return isPageHeading;
  };
}
