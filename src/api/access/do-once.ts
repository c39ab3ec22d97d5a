import { hash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { asId } from '../../knowledge/ids.ts';
import type { ApiEnv } from '../api-app.ts';
import type { ApiPorts, KeptAnswer } from '../api-ports.ts';
import { problem } from '../problem.ts';
import { readCaller } from './require-scope.ts';

/** A request that is under way for longer than this is of a process that ended. */
const abandonedAfterMs = 60_000;
/** A structured string or the bare characters of one. */
const keyForm = /^"?([\x21\x23-\x5b\x5d-\x7e]{1,200})"?$/;
const keptHeaders = ['content-type', 'location', 'cache-control'];

/**
 * Does a writing request that carries an Idempotency-Key once (draft-ietf-httpapi-idempotency-key-header): repeated,
 * it gets the answer of the first time. Keys are a token's own and are kept for a day. The key is taken before
 * anything is done; what is done and its answer are then kept in one transaction: where the process ends in between,
 * nothing was done, and the request may be repeated.
 */
export function doOnce(
  ports: Pick<ApiPorts, 'idempotentRequests' | 'atomically' | 'clock'>,
): MiddlewareHandler<ApiEnv> {
  const { idempotentRequests, atomically, clock } = ports;
  return async (c, next) => {
    const header = c.req.header('idempotency-key');
    if (header === undefined) return next();
    const key = keyForm.exec(header)?.[1];
    if (key === undefined) {
      const message = '1 to 200 printable characters without spaces and quotes';
      const errors = [{ in: 'header' as const, name: 'Idempotency-Key', message }];
      return problem(c, 'bad-request', 'Nothing was done. See errors.', { errors });
    }
    const name = { tokenId: readCaller(c).token.id, key };
    const { method, url } = c.req;
    const fingerprint = hash('sha256', JSON.stringify([method, url, await c.req.text()]));
    const now = clock.now();
    const abandonedBefore = asId<typeof now>(now - abandonedAfterMs);
    const claim = await idempotentRequests.claimKey({ ...name, fingerprint, now, abandonedBefore });
    switch (claim.kind) {
      case 'answered': {
        const { status, headers, body } = claim.answer;
        const isEmpty = status === 204;
        return new Response(isEmpty ? null : body, {
          status,
          headers: { ...headers, 'idempotent-replayed': 'true' },
        });
      }
      case 'other-request':
        return problem(c, 'key-reused', `The key “${key}” was used for another request. Nothing was done.`);
      case 'under-way':
        c.header('retry-after', '1');
        return problem(c, 'conflict', 'The request with this key is still under way. Repeat it in a moment.');
      case 'claimed':
    }
    try {
      await atomically(async () => {
        await next();
        if (c.res.status >= 500) throw new NotDoneError('The request could not be answered.');
        const isKept = await idempotentRequests.keepAnswer({ ...name, claimedAt: now }, await copy(c.res));
        if (isKept) return;
        c.res = problem(c, 'conflict', 'Another request with this key was faster. Repeat it in a moment.');
        throw new NotDoneError('The claim was taken over.');
      });
    } catch (error) {
      // Where only the end of the transaction failed, its answer may be there after all; then the key stays.
      await idempotentRequests.releaseKey({ ...name, claimedAt: now });
      if (!(error instanceof NotDoneError)) throw error;
    }
    return undefined;
  };
}

/** Undoes all that was kept for the request; it was answered why. */
class NotDoneError extends Error {
  readonly code = 'NOT_DONE';
}

async function copy(answer: Response): Promise<KeptAnswer> {
  const headers = keptHeaders.flatMap((one) => {
    const value = answer.headers.get(one);
    return value === null ? [] : [[one, value]];
  });
  const body = await answer.clone().text();
  return { status: answer.status, headers: Object.fromEntries(headers), body };
}
