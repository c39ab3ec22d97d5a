import { createPathPatterns } from '../path-patterns.ts';

/** Which of a site's pages are articles: on an allowed host, and by patterns of their path. */
export function createPageFilter(options: {
  hosts: readonly string[];
  include: readonly string[];
  exclude: readonly string[];
}): (url: string) => boolean {
  const isWantedPath = createPathPatterns(options);
  const hosts = new Set(options.hosts.map((host) => host.toLowerCase()));
  return (text) => {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    if (!/^https?:$/.test(url.protocol) || !hosts.has(url.host)) return false;
    return isWantedPath(url.pathname + url.search);
  };
}
