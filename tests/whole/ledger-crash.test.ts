import { describe, expect, onTestFinished, test } from 'vitest';
import { runCampaign } from '../crash/run-campaign.ts';
import { tryWrongPolicy } from '../crash/try-wrong-policy.ts';
import { describeOnBothDatabases } from '../databases/both-databases.ts';
import { startPostgres } from '../databases/postgres-server.ts';
import { sizes } from '../sizes.ts';

/** A short form of tests/crash/ledger-campaign.ts. */
describeOnBothDatabases('workers that are killed', (databases) => {
  test('lose no change, tell none twice, and send nothing again but what was in flight', async () => {
    const location = await databases.locate();
    const workers = 'url' in location ? 2 : 1;
    const report = await runCampaign({
      location,
      workers,
      kills: sizes.ledgerKills,
      accounts: 40,
      policy: 'right',
    });
    expect(report.violations).toEqual([]);
    expect(report.kills).toBeGreaterThanOrEqual(sizes.ledgerKills);
    expect(report.digests).toBeGreaterThan(20);
    expect(report.acceptances).toBe(report.digests + report.doubled);
  });
});

describe('a database server that crashes', () => {
  test('costs no change and doubles nothing but what was in flight', { timeout: 600_000 }, async () => {
    const server = await startPostgres(['fsync=off']);
    onTestFinished(() => server.remove());
    let crashes = 0;
    const report = await runCampaign({
      location: { url: server.url, maxConnections: 4 },
      workers: 2,
      kills: sizes.crashKills,
      accounts: 40,
      policy: 'right',
      restarts: {
        count: sizes.crashSignals.length,
        crash: () => server.crash(sizes.crashSignals[crashes++] ?? 'SIGKILL'),
      },
    });
    expect(report.violations).toEqual([]);
    expect(report.restarts).toBe(sizes.crashSignals.length);
    expect(report.digests).toBeGreaterThan(20);
    expect(report.acceptances).toBe(report.digests - report.voids + report.doubled);
    expect(report.doubled).toBeLessThanOrEqual(report.cutOff);
  });
});

describe('the checker', () => {
  test.each(sizes.wrongMailPolicies)(
    'notices workers that go about it wrongly: %s',
    async (policy) => {
      expect(await tryWrongPolicy('mail', policy)).not.toEqual([]);
    },
    600_000,
  );
});
