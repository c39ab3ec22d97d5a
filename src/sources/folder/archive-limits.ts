/** What one folder or archive may hold. */
export type ArchiveLimits = {
  readonly maxFiles: number;
  /** Larger files are passed over. */
  readonly maxFileBytes: number;
  /** All files that are read, together. */
  readonly maxTotalBytes: number;
};

export const defaultArchiveLimits: ArchiveLimits = {
  maxFiles: 100_000,
  maxFileBytes: 5_000_000,
  maxTotalBytes: 512 * 1024 * 1024,
};

/** A file as a folder or archive holds it; `bytes` null: it was too large. */
export type ArchiveFile = { readonly path: string; readonly bytes: Uint8Array | null };

/** The archive is broken, or larger than any that is meant to be read. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly code = 'bad-archive';
}

/** Counts what was read; throws ArchiveError beyond the limits. */
export function createArchiveTally(limits: ArchiveLimits): { add(bytes: number): void } {
  let files = 0;
  let total = 0;
  return {
    add(bytes) {
      files += 1;
      total += bytes;
      if (files > limits.maxFiles) throw new ArchiveError(`it has more than ${limits.maxFiles} files`);
      if (total > limits.maxTotalBytes)
        throw new ArchiveError(`its files have more than ${limits.maxTotalBytes} bytes`);
    },
  };
}

/** A path within the archive as all kinds of folders give it; null for one that leads out of it. */
export function cleanPath(written: string): string | null {
  const path = written.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
  const isOutside = path === '' || path.split('/').includes('..') || /^[a-z]:|\0/i.test(path);
  return isOutside ? null : path.normalize('NFC');
}
