import { z } from 'zod';
import type { ApiTokenId, Instant } from '../knowledge/ids.ts';
import type { Database } from './database.ts';

const answerShape = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

type Answer = z.infer<typeof answerShape>;
type Name = { readonly tokenId: ApiTokenId; readonly key: string };

/** Claims and answers of writing requests, so that a repeated one is not done twice. */
export function createIdempotentRequests({ db }: Pick<Database, 'db'>) {
  return {
    /**
     * Takes the key for a request; of two at the same time one gets it. A claim without an answer that is older than
     * `abandonedBefore` is of a process that ended, and is taken over.
     */
    async claimKey(
      request: Name & {
        readonly fingerprint: string;
        readonly now: Instant;
        readonly abandonedBefore: Instant;
      },
    ): Promise<
      | { readonly kind: 'claimed' }
      | { readonly kind: 'under-way' }
      | { readonly kind: 'other-request' }
      | { readonly kind: 'answered'; readonly answer: Answer }
    > {
      const { tokenId, key, fingerprint, now, abandonedBefore } = request;
      const claimed = await db
        .insertInto('idempotent_requests')
        .values({ token_id: tokenId, key, fingerprint, claimed_at: now, answer: null })
        .onConflict((conflict) =>
          conflict
            .columns(['token_id', 'key'])
            .doUpdateSet({ claimed_at: now })
            .where('idempotent_requests.answer', 'is', null)
            .where('idempotent_requests.claimed_at', '<', abandonedBefore)
            .where('idempotent_requests.fingerprint', '=', fingerprint),
        )
        .returning('key')
        .executeTakeFirst();
      if (claimed !== undefined) return { kind: 'claimed' };
      const row = await db
        .selectFrom('idempotent_requests')
        .selectAll()
        .where('token_id', '=', tokenId)
        .where('key', '=', key)
        .executeTakeFirst();
      if (row === undefined) return { kind: 'under-way' }; // released in between: the caller tries again
      if (row.fingerprint !== fingerprint) return { kind: 'other-request' };
      if (row.answer === null) return { kind: 'under-way' };
      return { kind: 'answered', answer: answerShape.parse(JSON.parse(row.answer)) };
    },
    /** False: the claim was taken over meanwhile. */
    async keepAnswer(
      { tokenId, key, claimedAt }: Name & { readonly claimedAt: Instant },
      answer: Answer,
    ): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('idempotent_requests')
        .set({ answer: JSON.stringify(answer) })
        .where('token_id', '=', tokenId)
        .where('key', '=', key)
        .where('claimed_at', '=', claimedAt)
        .where('answer', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    /** Nothing was done: the key may be used again. */
    async releaseKey({ tokenId, key, claimedAt }: Name & { readonly claimedAt: Instant }): Promise<void> {
      await db
        .deleteFrom('idempotent_requests')
        .where('token_id', '=', tokenId)
        .where('key', '=', key)
        .where('claimed_at', '=', claimedAt)
        .where('answer', 'is', null)
        .execute();
    },
    async forgetBefore(before: Instant): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('idempotent_requests')
        .where('claimed_at', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
