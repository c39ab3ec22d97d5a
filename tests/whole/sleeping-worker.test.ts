import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { asId } from '../../src/knowledge/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { leaseRealMs } from '../crash/campaign-settings.ts';
import { dismissWorkers, hireWorker } from '../crash/campaign-workers.ts';
import { checkLedger } from '../crash/check-ledger.ts';
import { startSmtpSink } from '../crash/smtp-sink.ts';
import { describeOnBothDatabases } from '../databases/both-databases.ts';
import { createLedgerWorld } from '../factories/ledger-world.ts';

const accountCount = 40;
/** As many as a worker of the campaign has. */
const openConnections = 5;

describeOnBothDatabases('a worker that sleeps past its lease', (databases) => {
  test('sends nothing more of what it held, and changes nothing that another one did', {
    timeout: 300_000,
  }, async () => {
    const location = await databases.locate();
    const database = openDatabase(location);
    onTestFinished(() => database.close());
    const world = await createLedgerWorld(database);
    const subscriptions = createSubscriptionStore(database);
    const technologyId = await world.addTechnology('Exchange Online');
    const accounts: number[] = [];
    for (let n = 0; n < accountCount; n++) {
      const accountId = await world.addAccount({ nextDigestAt: 0 });
      const followed = { kind: 'technology', technologyId } as const;
      await subscriptions.follow({ accountId, followed, threshold: 'material', now: asId(0) });
      accounts.push(accountId);
    }
    const articleId = await world.addArticle('It does not start');
    const change = await world.recordChange({ articleId, technologies: [technologyId] });

    const sink = await startSmtpSink({ deferOneIn: Number.POSITIVE_INFINITY });
    const clock = { realStart: Date.now(), simulatedStart: Date.UTC(2026, 2, 2, 12), speed: 1 };
    const hire = () =>
      hireWorker({ location, way: 'mail', sinkPort: sink.port, clock, policy: 'right', deathChance: 0 });

    const sleeper = hire();
    onTestFinished(() => void sleeper.kill('SIGKILL'));
    await until(() => sink.acceptances.length >= 3);
    sleeper.kill('SIGSTOP'); // with a handful of letters in flight, and more that it claimed
    await sleep(300); // what it wrote to its sockets arrives
    const before = sink.acceptances.length;
    expect(before).toBeLessThan(accountCount);
    await sleep(leaseRealMs + 500);

    const other = hire();
    onTestFinished(() => void other.kill('SIGKILL'));
    const messages = () => new Set(sink.acceptances.map((one) => one.messageId)).size;
    await until(() => messages() === accountCount);
    const sent = sink.acceptances.length;
    sleeper.kill('SIGCONT');
    await sleep(3000);
    // What was half said on an open connection may be said to its end, as docs/guide/ledger.md tells; nothing new begins.
    expect(sink.acceptances.length - sent).toBeLessThanOrEqual(openConnections);

    await dismissWorkers([sleeper, other]);
    const expected = new Map(accounts.map((id) => [id, new Set<number>([change])]));
    const verdict = await checkLedger(database, expected, sink.acceptances, { looksForTitles: true });
    expect(verdict.violations).toEqual([]);
    expect(verdict.digests).toBe(accountCount);
    expect(verdict.doubled).toBeLessThanOrEqual(openConnections);
    await sink.close();
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 90_000; !isSo(); await sleep(5)) {
    if (Date.now() > deadline) throw new Error('It did not come to that in 90 seconds.');
  }
}
