import { html } from 'hono/html';
import type { TechnologyId } from '../../knowledge/ids.ts';
import type { Technology } from '../../knowledge/technology.ts';
import type { Markup } from './markup.ts';

export type TechnologyTree = {
  readonly roots: readonly Technology[];
  readonly childrenOf: ReadonlyMap<TechnologyId, readonly Technology[]>;
};

/** The tree from the flat list, on each level those with most articles first; those without any are left out. */
export function plantTree(
  technologies: readonly Technology[],
  articles: ReadonlyMap<TechnologyId, number>,
): TechnologyTree {
  const count = (technology: Technology) => articles.get(technology.id) ?? 0;
  const shown = technologies
    .filter((technology) => count(technology) > 0)
    .sort((a, b) => count(b) - count(a) || a.name.localeCompare(b.name, 'en'));
  const byParent = Map.groupBy(shown, (technology) => technology.parentId);
  const childrenOf = new Map<TechnologyId, readonly Technology[]>();
  for (const [parent, children] of byParent) if (parent !== null) childrenOf.set(parent, children);
  return { roots: byParent.get(null) ?? [], childrenOf };
}

/** The tree as nested lists that open and close. `label` is what stands for each technology. */
export function showTree(
  tree: TechnologyTree,
  id: string,
  label: (technology: Technology) => Markup,
): Markup {
  const branch = (technology: Technology, depth: number): Markup => {
    const children = tree.childrenOf.get(technology.id) ?? [];
    const own = label(technology);
    const others = otherWords(technology);
    const words = others !== '' && html` data-words="${others}"`;
    if (children.length === 0) return html`<li${words}>${own}</li>`;
    return html`<li class="branch"${words}><span>${own}</span><details${depth === 0 && html` open`}><summary><span class="hidden">Below ${technology.name}</span></summary><ul>${children.map((child) => branch(child, depth + 1))}</ul></details></li>`;
  };
  return html`<ul class="tree" id="${id}">${tree.roots.map((root) => branch(root, 0))}</ul>`;
}

/** The words of former and other names that the name lacks: what the filter of the list needs beside the name. */
function otherWords({ name, aliases }: Technology): string {
  const own = name.toLowerCase();
  const words = new Set(aliases.flatMap((alias) => alias.toLowerCase().split(/\s+/)));
  return [...words].filter((word) => !own.includes(word)).join(' ');
}
