import type { Digest, DigestEntry, DigestGroup } from '../../alerts/digest.ts';

/** The part of a digest that fits into a mail. */
export type DigestPart = { readonly groups: readonly DigestGroup[]; readonly leftOut: number };

/** As many entries from the front as `budget` allows, each at its cost, at least one. */
export function splitDigest(
  digest: Digest,
  budget: number,
  costOf: (entry: DigestEntry) => number,
): DigestPart {
  let left = budget;
  let shown = 0;
  let leftOut = 0;
  const groups: DigestGroup[] = [];
  for (const group of digest.groups) {
    const entries: DigestEntry[] = [];
    for (const entry of group.entries) {
      left -= costOf(entry);
      if (left >= 0 || shown === 0) {
        entries.push(entry);
        shown += 1;
      } else {
        left = -1;
        leftOut += 1;
      }
    }
    if (entries.length > 0) groups.push({ ...group, entries });
  }
  return { groups, leftOut };
}
