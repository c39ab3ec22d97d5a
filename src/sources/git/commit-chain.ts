import type { Instant } from '../../knowledge/ids.ts';
import { asId } from '../../knowledge/ids.ts';
import { type GitPlace, runGit } from './git-process.ts';

/** One state of the branch. */
export type Commit = {
  readonly id: string;
  /** The state before; null for the first. */
  readonly parent: string | null;
  readonly committedAt: Instant;
};

const limits = { timeoutMs: 120_000, maxBytes: 400_000_000 };

/**
 * The newest first-parent commit that was committed at or before the instant, null where there is none. Dates of a
 * chain need not grow (clocks differ, commits are rebased): the commit's own date decides, whatever stands before it,
 * because a commit that is dated at or before the instant was there, and so was everything it is built on. A later
 * instant never shows an earlier state.
 */
export async function findCommitAt(
  place: GitPlace,
  tip: string,
  instant: Instant | null,
): Promise<string | null> {
  if (instant === null) return tip;
  const newest = Math.max(0, Math.floor(instant / 1000));
  const output = await runGit(
    place,
    ['rev-list', '--first-parent', '-1', `--min-age=${newest}`, tip, '--'],
    limits,
  );
  const id = output.toString('latin1').trim();
  return id === '' ? null : id;
}

/** First-parent commits from after `from` (null: from the first) up to `to`, oldest first. */
export async function listChain(place: GitPlace, from: string | null, to: string): Promise<Commit[]> {
  const range = from === null ? [to] : [to, `^${from}`];
  const output = await runGit(place, ['log', '--first-parent', '--format=%H %ct %P', ...range, '--'], limits);
  const lines = output.toString('latin1').split('\n');
  const chain: Commit[] = [];
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const [id, seconds, parent] = (lines[index] ?? '').split(' ');
    if (!id) continue;
    chain.push({ id, parent: parent || null, committedAt: asId<Instant>(Number(seconds) * 1000) });
  }
  return chain;
}

/** Whether the mirror still has the commit. */
export async function hasCommit(place: GitPlace, id: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/.test(id)) return false;
  try {
    await runGit(place, ['cat-file', '-e', `${id}^{commit}`], limits);
    return true;
  } catch (error) {
    if (place.signal.aborted) throw error;
    return false;
  }
}

export async function isAncestor(
  place: GitPlace,
  older: string | null,
  newer: string | null,
): Promise<boolean> {
  if (older === null || newer === null) return false;
  try {
    await runGit(place, ['merge-base', '--is-ancestor', older, newer], limits);
    return true;
  } catch (error) {
    if (place.signal.aborted) throw error;
    return false;
  }
}
