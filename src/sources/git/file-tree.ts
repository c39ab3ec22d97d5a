import type { IsArticlePath } from './article-paths.ts';
import type { FileDifference } from './tree-differences.ts';

/** What has happened to articles since the state that was told last, over any number of commits. */
export type PendingDifference = {
  /** Articles to show: new, or with another content. */
  readonly changed: ReadonlySet<string>;
  readonly vanished: ReadonlySet<string>;
  /** Articles that git saw being renamed: their paths before. */
  readonly formerPaths: ReadonlyMap<string, readonly string[]>;
  /** All files that differ in content, articles or not. */
  readonly touched: ReadonlySet<string>;
};

/** The files of the branch at one moment, moved forward commit by commit. */
export type FileTree = {
  apply(differences: readonly FileDifference[]): void;
  /** The blob of a file; undefined where there is no such file. */
  blobOf(path: string): string | undefined;
  readonly files: ReadonlyMap<string, string>;
  readonly articles: ReadonlySet<string>;
  /** What has happened since the last call. */
  takePending(): PendingDifference;
};

export function createFileTree(isArticlePath: IsArticlePath): FileTree {
  const files = new Map<string, string>();
  const articles = new Set<string>();
  let changed = new Set<string>();
  let vanished = new Set<string>();
  let born = new Set<string>();
  let touched = new Set<string>();
  let formerPaths = new Map<string, readonly string[]>();

  const remove = (path: string) => {
    touched.add(path);
    files.delete(path);
    if (!articles.delete(path)) return;
    changed.delete(path);
    if (!born.delete(path)) vanished.add(path);
  };
  const put = (path: string, blob: string) => {
    touched.add(path);
    files.set(path, blob);
    if (!isArticlePath(path)) return;
    if (!articles.has(path) && !vanished.delete(path)) born.add(path);
    articles.add(path);
    changed.add(path);
  };

  return {
    files,
    articles,
    blobOf: (path) => files.get(path),
    apply(differences) {
      // What is left first, then what is there: two files that swap their names are both still there.
      const moved: { path: string; former: readonly string[] }[] = [];
      for (const { kind, path, from, blob } of differences) {
        if (from !== null) {
          if (articles.has(from) && isArticlePath(path)) {
            moved.push({ path, former: [from, ...(formerPaths.get(from) ?? [])] });
          }
          formerPaths.delete(from);
          remove(from);
        }
        if (kind === 'deleted' || blob === null) {
          formerPaths.delete(path);
          remove(path);
        }
      }
      for (const { kind, path, blob } of differences) {
        if (kind !== 'deleted' && blob !== null) put(path, blob);
      }
      for (const { path, former } of moved)
        formerPaths.set(
          path,
          former.filter((each) => each !== path),
        );
    },
    takePending() {
      const pending = { changed, vanished, formerPaths, touched };
      changed = new Set();
      vanished = new Set();
      born = new Set();
      touched = new Set();
      formerPaths = new Map();
      return pending;
    },
  };
}
