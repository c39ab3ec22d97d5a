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
  label: (technology: Technology, hasChildren: boolean) => Markup,
): Markup {
  const branch = (technology: Technology, depth: number): Markup => {
    const children = tree.childrenOf.get(technology.id) ?? [];
    const aliases = technology.aliases.filter(
      (alias) => alias.toLowerCase() !== technology.name.toLowerCase(),
    );
    const own = label(technology, children.length > 0);
    const words = aliases.length > 0 && html` data-words="${aliases.join(' ').toLowerCase()}"`;
    if (children.length === 0) return html`<li${words}>${own}</li>`;
    return html`<li${words}><details${depth === 0 && html` open`}><summary>${own}</summary><ul>${children.map((child) => branch(child, depth + 1))}</ul></details></li>`;
  };
  return html`<ul class="tree" id="${id}">${tree.roots.map((root) => branch(root, 0))}</ul>`;
}
