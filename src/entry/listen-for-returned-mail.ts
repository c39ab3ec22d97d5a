import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MailListener } from '../delivery/returns/open-mail-listener.ts';
import type { Log } from './log.ts';

const tryEveryMs = 15_000;

/**
 * Listens for returned mail until the signal comes. Of several processes on one machine one listens; the others take
 * over when it ends.
 */
export async function listenForReturnedMail(
  returned: { listen(log: Log): Promise<MailListener | null> },
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  let isAnnounced = false;
  while (!signal.aborted) {
    try {
      const listener = await returned.listen(log);
      if (listener === null) return;
      log.info({ port: listener.port }, 'listening for returned mail');
      if (!signal.aborted) await once(signal, 'abort');
      await listener.close();
      return;
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'; // what listen rejects with
      if (!isAnnounced && isTaken) log.info('another process listens for returned mail');
      if (!isAnnounced && !isTaken) log.error({ err: error }, 'cannot listen for returned mail; tried again');
      isAnnounced = true;
      await sleep(tryEveryMs, undefined, { signal }).catch(() => {}); // woken by the signal: the loop ends
    }
  }
}
