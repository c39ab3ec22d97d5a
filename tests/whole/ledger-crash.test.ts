import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { policies } from '../crash/campaign-settings.ts';
import { runCampaign } from '../crash/run-campaign.ts';
import { describeOnBothDatabases } from '../databases/both-databases.ts';

/** The short form of tests/crash/ledger-campaign.ts. */
describeOnBothDatabases('workers that are killed', (databases) => {
  test('lose no change, tell none twice, and send nothing again but what was in flight', async () => {
    const location = await databases.locate();
    const workers = 'url' in location ? 2 : 1;
    const report = await runCampaign({ location, workers, kills: 10, accounts: 40, policy: 'right' });
    expect(report.violations).toEqual([]);
    expect(report.kills).toBeGreaterThanOrEqual(10);
    expect(report.digests).toBeGreaterThan(20);
    expect(report.acceptances).toBe(report.digests + report.doubled);
  });
});

describe('the checker', () => {
  test.each(policies.filter((policy) => policy !== 'right'))(
    'notices workers that go about it wrongly: %s',
    async (policy) => {
      // A kill at random hits the moment that matters often, not always: some campaigns, but a wrong policy must show.
      let violations = 0;
      for (let campaign = 0; campaign < 6 && violations === 0; campaign += 1) {
        const folder = mkdtempSync(join(tmpdir(), 'kbalertz-campaign-'));
        onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
        const location = { file: join(folder, 'kbalertz.sqlite') };
        const report = await runCampaign({ location, workers: 1, kills: 12, accounts: 40, policy });
        violations = report.violations.length;
      }
      expect(violations).toBeGreaterThan(0);
    },
    600_000,
  );
});
