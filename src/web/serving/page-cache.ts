import type { StoredPage } from './stored-page.ts';

const maxBytes = 48 * 1024 * 1024;

export type PageCache = {
  /** null when it has none that is still right. */
  find(key: string): Promise<StoredPage | null>;
  keep(key: string, page: StoredPage): void;
};

/**
 * Keeps pages as everybody who is not signed in sees them, the least recently used dropped first. A page is right as
 * long as `readVersion` (asked at most once a second) gives what it gave when the page was made, and for `maxAgeMs`
 * at most: what no version tells of is then old by that much.
 */
export function createPageCache(ports: {
  readonly readVersion: () => Promise<number>;
  readonly maxAgeMs: number;
  readonly nowMs: () => number;
}): PageCache {
  const pages = new Map<string, { page: StoredPage; version: number; keptMs: number }>();
  let bytes = 0;
  let version = { value: -1, readMs: Number.NEGATIVE_INFINITY };

  const drop = (key: string) => {
    bytes -= pages.get(key)?.page.bytes.byteLength ?? 0;
    pages.delete(key);
  };

  return {
    async find(key) {
      const nowMs = ports.nowMs();
      if (nowMs - version.readMs >= Math.min(1000, ports.maxAgeMs)) {
        version = { value: await ports.readVersion(), readMs: nowMs };
      }
      const kept = pages.get(key);
      if (kept === undefined) return null;
      pages.delete(key);
      if (kept.version !== version.value || nowMs - kept.keptMs >= ports.maxAgeMs) {
        bytes -= kept.page.bytes.byteLength;
        return null;
      }
      pages.set(key, kept); // to the end: the order of the map is that of use
      return kept.page;
    },
    keep(key, page) {
      if (ports.maxAgeMs <= 0) return;
      drop(key);
      pages.set(key, { page, version: version.value, keptMs: ports.nowMs() });
      bytes += page.bytes.byteLength;
      for (const oldest of pages.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}
