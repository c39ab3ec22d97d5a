import type { Block } from '../document.ts';

/** Blocks as plain HTML: paragraphs, code, lists without nesting. */
export function renderBlocks(blocks: readonly Block[]): string {
  let html = '';
  let list: 'ul' | 'ol' | null = null;
  for (const block of blocks) {
    const wanted = block.kind === 'bullet' ? 'ul' : block.kind === 'step' ? 'ol' : null;
    if (list !== null && list !== wanted) html += `</${list}>\n`;
    if (wanted !== null && list !== wanted)
      html += wanted === 'ol' ? `<ol start="${escapeText(block.label)}">\n` : '<ul>\n';
    list = wanted;
    const text = escapeText(block.text);
    if (wanted !== null) html += `<li>${text}</li>\n`;
    else if (block.kind === 'code') html += `<pre><code>${text}</code></pre>\n`;
    else if (block.kind === 'alert')
      html += `<aside data-kind="${escapeText(block.label)}"><p>${text}</p></aside>\n`;
    else if (block.kind === 'image')
      html += `<p><img src="${escapeText(block.links[0]?.href ?? '')}" alt="${text}"></p>\n`;
    else html += `<p>${text}</p>\n`;
  }
  return list === null ? html : `${html}</${list}>\n`;
}

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
