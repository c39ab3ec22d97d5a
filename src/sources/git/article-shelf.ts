import type { ArticleDraft } from '../../knowledge/article.ts';
import { readFrontMatter, readTextValue } from '../../knowledge/reading/front-matter.ts';
import { unquotePath } from './article-paths.ts';
import type { FileTexts } from './file-texts.ts';
import type { FileTree, PendingDifference } from './file-tree.ts';
import type { IncludeGraph } from './include-graph.ts';
import type { PageUrlOf } from './page-url.ts';
import {
  createRedirectionMap,
  isRedirectionFile,
  type Redirection,
  readRedirections,
} from './redirections.ts';

/** What differs in articles, ready for a snapshot. */
export type ShelfDifference = {
  readonly drafts: readonly ArticleDraft[];
  readonly vanished: readonly { readonly key: string; readonly because: string | null }[];
  readonly articleCount: number;
  readonly warnings: readonly string[];
};

/** Turns differences of files into drafts of articles: texts, includes, former paths, pages. */
export type ArticleShelf = {
  /** Learns what files say about others, without making drafts: for the state that a scan starts from. */
  learn(paths: Iterable<string>): Promise<void>;
  take(): Promise<ShelfDifference>;
};

const maxIncludeMemoryChars = 20_000_000;

export function createArticleShelf(parts: {
  readonly tree: FileTree;
  readonly texts: FileTexts;
  readonly graph: IncludeGraph;
  readonly pageUrlOf: PageUrlOf;
  /** Whether a former path also was a page that readers may have kept the URL of. */
  readonly hasVendorPages: boolean;
}): ArticleShelf {
  const { tree, texts, graph, pageUrlOf, hasVendorPages } = parts;
  /** Files that only say where an article has gone. */
  const stubs = new Map<string, string>();
  const includeTexts = new Map<string, string>();
  let includeChars = 0;
  let redirections: readonly Redirection[] = [];
  let redirectionMap = createRedirectionMap([], [], pageUrlOf);

  const learnText = (path: string, text: string) => {
    graph.learn(path, text);
    const target = findStubTarget(text);
    if (target === null) stubs.delete(path);
    else stubs.set(path, target);
  };

  /** Reads what files include, and what that includes, until all of it is known. */
  const loadIncludes = async (paths: readonly string[], tell: (warning: string) => void) => {
    const seen = new Set<string>();
    let open = new Set(paths);
    while (open.size > 0) {
      const missing = new Set<string>();
      const next = new Set<string>();
      for (const path of open) {
        for (const included of graph.listIncluded(path)) {
          if (seen.has(included)) continue;
          seen.add(included);
          const blob = tree.blobOf(included);
          const known = blob === undefined ? undefined : includeTexts.get(blob);
          if (known !== undefined) graph.learn(included, known);
          else if (blob !== undefined) missing.add(included);
          next.add(included);
        }
      }
      for await (const { path, text } of texts.read(missing, tell)) {
        const blob = tree.blobOf(path);
        if (blob === undefined) continue;
        includeTexts.set(blob, text ?? '');
        includeChars += text?.length ?? 0;
        graph.learn(path, text ?? '');
      }
      open = next;
    }
  };
  const includesOf = (path: string): Record<string, string> => {
    const included: Record<string, string> = {};
    for (const each of graph.listIncluded(path).sort()) {
      const blob = tree.blobOf(each);
      const text = blob === undefined ? undefined : includeTexts.get(blob);
      if (text !== undefined) included[each] = text;
    }
    return included;
  };

  /** Reads redirections anew when their files or the articles they lead to may have changed; tells the new ones. */
  const refreshRedirections = async (
    pending: PendingDifference,
    tell: (warning: string) => void,
  ): Promise<string[]> => {
    const isTouched = [...pending.touched].some(isRedirectionFile);
    const hasMoves = pending.vanished.size > 0 || pending.changed.size > 0;
    if (!isTouched && (redirections.length === 0 || !hasMoves)) return [];
    if (isTouched) {
      const read: Redirection[] = [];
      for await (const { path, text } of texts.read([...tree.files.keys()].filter(isRedirectionFile), tell)) {
        const file = readRedirections(path, text ?? '');
        read.push(...file.redirections);
        if (file.warning !== null) tell(file.warning);
      }
      redirections = read;
    }
    const before = redirectionMap;
    redirectionMap = createRedirectionMap(redirections, tree.articles, pageUrlOf);
    const after = redirectionMap;
    return [...tree.articles].filter((path) =>
      after.listFormer(path).some((from) => !before.listFormer(path).includes(from)),
    );
  };

  const draftOf = (path: string, text: string, pending: PendingDifference): ArticleDraft => {
    const former = [...(pending.formerPaths.get(path) ?? []), ...redirectionMap.listFormer(path)].filter(
      (each) => !tree.articles.has(each),
    );
    const formerPages = hasVendorPages ? former.map(pageUrlOf).filter((url) => url !== null) : [];
    const folder = unquotePath(path).split('/').slice(0, -1).join('/');
    return {
      key: path,
      url: pageUrlOf(path),
      aliases: [...new Set([...former, ...formerPages])],
      published: { format: 'markdown', text, includes: includesOf(path), facts: {} },
      placeTechnologies: folder === '' ? [] : [folder],
    };
  };

  return {
    async learn(paths) {
      for await (const { path, text } of texts.read(paths, () => {}))
        if (text !== null) learnText(path, text);
      await refreshRedirections({ ...nothingPending, touched: new Set(tree.files.keys()) }, () => {});
    },
    async take() {
      const pending = tree.takePending();
      const warnings = new Set<string>();
      const tell = (warning: string) => void warnings.add(warning);
      for (const path of pending.touched) {
        if (tree.blobOf(path) !== undefined) continue;
        graph.forget(path);
        stubs.delete(path);
      }
      if (includeChars > maxIncludeMemoryChars) {
        includeTexts.clear();
        includeChars = 0;
      }
      const redirected = await refreshRedirections(pending, tell);

      const wanted = new Set(pending.changed);
      for (const path of graph.listIncluding(pending.touched)) if (tree.articles.has(path)) wanted.add(path);
      for (const path of redirected) wanted.add(path);
      const read: { path: string; text: string }[] = [];
      for await (const { path, text } of texts.read(wanted, tell)) {
        if (text === null) continue;
        learnText(path, text);
        read.push({ path, text });
      }
      await loadIncludes(
        read.map(({ path }) => path),
        tell,
      );

      const vanished = [...pending.vanished].map((key) => ({
        key,
        because: describeMove(redirectionMap.findUrl(key)),
      }));
      const drafts: ArticleDraft[] = [];
      for (const { path, text } of read) {
        const target = stubs.get(path);
        if (target === undefined) drafts.push(draftOf(path, text, pending));
        else vanished.push({ key: path, because: describeMove(target) });
      }
      const stubCount = [...stubs.keys()].filter((path) => tree.articles.has(path)).length;
      return { drafts, vanished, articleCount: tree.articles.size - stubCount, warnings: [...warnings] };
    },
  };
}

const nothingPending: PendingDifference = {
  changed: new Set(),
  vanished: new Set(),
  formerPaths: new Map(),
  touched: new Set(),
};

function describeMove(url: string | null): string | null {
  return url === null ? null : `Moved to ${url}`;
}

/** Where a file without a text of its own sends its readers; null for an article. */
function findStubTarget(text: string): string | null {
  if (!text.slice(0, 4000).includes('redirect_url')) return null;
  const { values, body } = readFrontMatter(text);
  return body.trim().length > 200 ? null : readTextValue(values.get('redirect_url'));
}
