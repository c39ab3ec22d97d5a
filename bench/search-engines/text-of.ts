import type { SearchDocument } from '../../src/search/search-document.ts';

/** What a document says besides its title, a block a line. */
export function textOf({ document }: SearchDocument): string {
  const lines = [document.description ?? ''];
  for (const { heading, blocks } of document.sections) {
    lines.push(heading);
    for (const { text } of blocks) lines.push(text);
  }
  return lines.join('\n');
}
