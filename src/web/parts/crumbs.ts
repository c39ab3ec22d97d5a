import { html } from 'hono/html';
import type { TechnologyId } from '../../knowledge/ids.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { paths } from '../links.ts';
import type { Markup } from './markup.ts';

/** The technology and those above it, from the root down. */
export function pathTo(technology: Technology, all: ReadonlyMap<TechnologyId, Technology>): Technology[] {
  const path: Technology[] = [];
  for (let at: Technology | undefined = technology; at !== undefined && !path.includes(at); ) {
    path.unshift(at);
    at = at.parentId === null ? undefined : all.get(at.parentId);
  }
  return path;
}

/** Where the reader is in the tree. */
export function crumbs(path: readonly Technology[]): Markup | null {
  if (path.length === 0) return null;
  return html`<nav aria-label="Technology"><ol class="crumbs">${path.map((one) => html`<li><a href="${paths.technology(one.slug)}">${one.name}</a></li>`)}</ol></nav>`;
}
