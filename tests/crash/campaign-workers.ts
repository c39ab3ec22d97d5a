import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/store/database.ts';
import type { WorkerSettings } from './campaign-settings.ts';

/** Starts a worker of the campaign, which plans and delivers until it is told to stop. */
export function hireWorker(
  settings: WorkerSettings,
  stdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'ipc'],
): ChildProcess {
  return fork(join(import.meta.dirname, 'campaign-worker.ts'), [JSON.stringify(settings)], {
    stdio,
    // Most of the time of a campaign goes into starting workers.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'kbalertz-compiled'), ...process.env },
  });
}

/** Lets them end what they are at. */
export async function dismissWorkers(workers: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    workers.map(async (worker) => {
      const left = once(worker, 'exit');
      if (worker.connected) worker.send('stop', () => {}); // it may be dying at this moment
      await left;
    }),
  );
}

/** Until no account is due and no delivery is open. */
export async function untilQuiet({ db }: Database, now: () => number): Promise<void> {
  for (;;) {
    const open = await db
      .selectFrom('deliveries')
      .select('id')
      .where('state', 'in', ['queued', 'sending', 'deferred'])
      .limit(1)
      .executeTakeFirst();
    const due = await db
      .selectFrom('accounts')
      .select('id')
      .where((eb) => eb.or([eb('next_digest_at', 'is', null), eb('next_digest_at', '<=', now())]))
      .limit(1)
      .executeTakeFirst();
    if (!open && !due) return;
    await sleep(100);
  }
}
