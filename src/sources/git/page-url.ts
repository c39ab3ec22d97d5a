import { unquotePath } from './article-paths.ts';
import type { GitLocation } from './git-location.ts';
import type { GitSettings } from './git-settings.ts';

/** Where the vendor shows an article; null where nobody knows. */
export type PageUrlOf = (path: string) => string | null;

/**
 * The page of an article: below the URL that the settings give for its folder, else the file's page on GitHub or
 * GitLab.
 */
export function createPageUrls(settings: GitSettings, location: GitLocation): PageUrlOf {
  const bases = Object.entries(settings.pageUrls)
    .map(([folder, url]) => ({ folder: folder.replace(/^\/+|\/+$/g, ''), url: url.replace(/\/+$/, '') }))
    .sort((one, other) => other.folder.length - one.folder.length);
  const fileBase = findFileBase(settings, location);
  return (path) => {
    const plain = unquotePath(path);
    for (const { folder, url } of bases) {
      if (folder !== '' && folder !== '.' && !plain.startsWith(`${folder}/`)) continue;
      const rest = folder === '' || folder === '.' ? plain : plain.slice(folder.length + 1);
      return `${url}/${encodePath(rest.replace(/\.(?:md|markdown)$/i, ''))}`;
    }
    return fileBase === null ? null : `${fileBase}/${encodePath(path)}`;
  };
}

function findFileBase(settings: GitSettings, location: GitLocation): string | null {
  if (location.kind !== 'web') return null;
  const { hostname, pathname } = location.url;
  const repository = pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  const branch = encodePath(settings.branch ?? 'HEAD');
  if (hostname === 'github.com') return `https://github.com${repository}/blob/${branch}`;
  if (hostname === 'gitlab.com') return `https://gitlab.com${repository}/-/blob/${branch}`;
  return null;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
