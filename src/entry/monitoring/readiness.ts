import type { OperationFacts } from '../../store/operation-facts.ts';

/** Whether this process can do its work, and what it waits for; sentences without names of people or places. */
export type Readiness = { readonly isReady: boolean; readonly waitsFor: readonly string[] };

const answerWithinMs = 3000;

export async function findReadiness(parts: {
  readonly facts: Pick<OperationFacts, 'isMigrated'>;
  /** True where no index is kept. */
  readonly hasIndex: () => boolean;
}): Promise<Readiness> {
  const waitsFor: string[] = [];
  const migrated = await Promise.race([
    parts.facts.isMigrated().catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, answerWithinMs, null).unref()),
  ]);
  if (migrated === null) waitsFor.push('The database does not answer.');
  if (migrated === false) waitsFor.push('The schema is not the one of this version.');
  if (!parts.hasIndex()) waitsFor.push('The search index is being built.');
  return { isReady: waitsFor.length === 0, waitsFor };
}
