import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ApiWork, openApi } from '../crash/api-worker.ts';
import { describeOnBothDatabases } from '../databases/both-databases.ts';

const worker = join(import.meta.dirname, '../crash/api-worker.ts');
const minuteMs = 60_000;
const start = Date.parse('2026-03-02T09:00:00Z');

describeOnBothDatabases('a request with an idempotency key whose process is killed', (databases) => {
  async function openWorld(dies: ApiWork['dies']) {
    const location = await databases.locate();
    const { parts } = await openApi({ location, now: start, dies: null });
    const vouched = await parts.accounts.vouchForAccount({ address: 'ada@example.org' });
    if (vouched.kind !== 'vouched') throw new Error(vouched.kind);
    const { account } = vouched;
    const request = { name: 'a program', scopes: ['subscriptions'], days: 30 };
    const made = await parts.apiTokens.createToken(account, request, { kind: 'operator' });
    if (made.kind !== 'created') throw new Error(made.kind);
    const asked = { token: made.secret, key: 'one', query: 'outlook' };
    const child = spawn(
      process.execPath,
      [worker, JSON.stringify({ ...asked, location, now: start, dies } satisfies ApiWork)],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    const repeat = async (now: number) => {
      const later = await openApi({ location, now, dies: null });
      const answer = await later.follow(asked);
      await later.parts.close();
      return answer;
    };
    const count = async () => (await parts.subscriptions.listSubscriptions(account.id)).length;
    return { repeat, count, close: () => parts.close() };
  }

  test('has done nothing before its answer is kept, and is done once when it is repeated', async () => {
    const { repeat, count, close } = await openWorld('before the answer is kept');
    expect(await count()).toBe(0);
    expect((await repeat(start + 1000)).status).toBe(409);
    expect(await count()).toBe(0);
    const done = await repeat(start + minuteMs + 1);
    expect([done.status, done.headers.has('idempotent-replayed')]).toEqual([201, false]);
    const again = await repeat(start + 2 * minuteMs);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(await count()).toBe(1);
    await close();
  });

  test('has done everything once its answer is kept, and is answered by it', async () => {
    const { repeat, count, close } = await openWorld('after the answer was kept');
    expect(await count()).toBe(1);
    const again = await repeat(start + 2 * minuteMs);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(await count()).toBe(1);
    await close();
  });
});
