import { findIncludeLinks, resolveRepositoryPath } from '../../knowledge/reading/include-links.ts';

/** Which files include which, as far as their texts were seen. */
export type IncludeGraph = {
  /** Takes the text of a file as it is now. */
  learn(path: string, text: string): void;
  forget(path: string): void;
  /** Paths of all files that the file includes, directly or through others. */
  listIncluded(path: string): string[];
  /** Paths of all files that include one of these, directly or through others. */
  listIncluding(paths: ReadonlySet<string>): Set<string>;
};

export function createIncludeGraph(): IncludeGraph {
  const includes = new Map<string, readonly string[]>();
  return {
    learn(path, text) {
      const targets = findIncludeLinks(text)
        .map((link) => resolveRepositoryPath(path, link))
        .filter((target) => target !== null);
      if (targets.length > 0) includes.set(path, targets);
      else includes.delete(path);
    },
    forget: (path) => void includes.delete(path),
    listIncluded(path) {
      const found = new Set<string>();
      const open = [...(includes.get(path) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (next === path || found.has(next)) continue;
        found.add(next);
        open.push(...(includes.get(next) ?? []));
      }
      return [...found];
    },
    listIncluding(paths) {
      const found = new Set<string>();
      let sought = paths;
      while (sought.size > 0) {
        const next = new Set<string>();
        for (const [path, targets] of includes) {
          if (!found.has(path) && targets.some((target) => sought.has(target))) next.add(path);
        }
        for (const path of next) found.add(path);
        sought = next;
      }
      return found;
    },
  };
}
