import type { StoredPage } from './stored-page.ts';

const maxBytes = 48 * 1024 * 1024;
/** How often the version is asked for, at most. */
const versionAgeMs = 250;

/** A page with the pattern of the route that made it. */
export type KeptPage = { readonly page: StoredPage; readonly route: string };

export type PageCache = {
  /** At once; null also when the version has to be asked for first, which `find` does. */
  findNow(key: string): KeptPage | null;
  /** null when it has none that is still right. */
  find(key: string): Promise<KeptPage | null>;
  keep(key: string, kept: KeptPage): void;
};

/**
 * Keeps pages as everybody who is not signed in sees them, the least recently used dropped first. A page is right as
 * long as `readVersion` (asked at most four times a second) gives what it gave when the page was made, and for `maxAgeMs`
 * at most: what no version tells of is then old by that much.
 */
export function createPageCache(ports: {
  readonly readVersion: () => Promise<number>;
  readonly maxAgeMs: number;
  readonly nowMs: () => number;
}): PageCache {
  const pages = new Map<string, { kept: KeptPage; version: number; keptMs: number }>();
  let bytes = 0;
  let version = { value: -1, readMs: Number.NEGATIVE_INFINITY };

  const drop = (key: string) => {
    bytes -= pages.get(key)?.kept.page.bytes.byteLength ?? 0;
    pages.delete(key);
  };

  const findNow = (key: string): KeptPage | null => {
    const entry = pages.get(key);
    const nowMs = ports.nowMs();
    if (entry === undefined || isVersionOld(nowMs)) return null;
    pages.delete(key);
    if (entry.version !== version.value || nowMs - entry.keptMs >= ports.maxAgeMs) {
      bytes -= entry.kept.page.bytes.byteLength;
      return null;
    }
    pages.set(key, entry); // to the end: the order of the map is that of use
    return entry.kept;
  };
  const isVersionOld = (nowMs: number) => nowMs - version.readMs >= Math.min(versionAgeMs, ports.maxAgeMs);

  return {
    findNow,
    async find(key) {
      const nowMs = ports.nowMs();
      if (isVersionOld(nowMs)) version = { value: await ports.readVersion(), readMs: nowMs };
      return findNow(key);
    },
    keep(key, kept) {
      if (ports.maxAgeMs <= 0) return;
      drop(key);
      pages.set(key, { kept, version: version.value, keptMs: ports.nowMs() });
      bytes += kept.page.bytes.byteLength;
      for (const oldest of pages.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}
