import { html } from 'hono/html';
import type { Block, Document, Section } from '../../knowledge/document.ts';
import type { Markup } from './markup.ts';

/** A document from its sections and blocks alone: for formats that have no other rendering. */
export function documentBody(document: Document): Markup {
  return html`${document.sections.map(showSection)}`;
}

function showSection(section: Section): Markup {
  const text = html`<span id="${section.anchor}">${section.heading}</span>`;
  const heading =
    section.heading === '' ? null : section.level <= 2 ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`;
  return html`${heading}${groupLists(section.blocks).map(showGroup)}`;
}

/** Runs of steps and of bullets become lists. */
function groupLists(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const group = groups.at(-1);
    const isList = block.kind === 'step' || block.kind === 'bullet' || block.kind === 'table-row';
    if (isList && group?.[0]?.kind === block.kind) group.push(block);
    else groups.push([block]);
  }
  return groups;
}

function showGroup(group: readonly Block[]): Markup {
  const items = group.map((block) => html`<li>${block.text}</li>`);
  const [first] = group;
  switch (first?.kind) {
    case 'step':
      return html`<ol>${items}</ol>`;
    case 'bullet':
      return html`<ul>${items}</ul>`;
    case 'table-row':
      return html`<table><tbody>${group.map((row) => html`<tr>${row.text.split(' | ').map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
    case 'code':
      return html`<pre><code>${first.text}</code></pre>`;
    case 'alert':
      return html`<blockquote><p><strong>${first.label}</strong> ${first.text}</p></blockquote>`;
    case 'image':
      return html`<p class="quiet">Image: ${first.text}</p>`;
    default:
      return html`<p>${first?.text ?? ''}</p>`;
  }
}
