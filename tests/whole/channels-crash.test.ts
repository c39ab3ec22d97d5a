import { describe, expect, test } from 'vitest';
import { runCampaign } from '../crash/run-campaign.ts';
import { tryWrongPolicy } from '../crash/try-wrong-policy.ts';
import { describeOnBothDatabases } from '../databases/both-databases.ts';
import { sizes } from '../sizes.ts';

/** The short form of "npm run campaign:channels". */
describeOnBothDatabases('workers that are killed while digests go by webhooks', (databases) => {
  test('lose no change, tell none twice, and send nothing again but what was in flight', async () => {
    const location = await databases.locate();
    const workers = 'url' in location ? 2 : 1;
    const report = await runCampaign({
      location,
      way: 'webhook',
      workers,
      kills: sizes.ledgerKills,
      accounts: 40,
      policy: 'right',
    });
    expect(report.violations).toEqual([]);
    expect(report.kills).toBeGreaterThanOrEqual(sizes.ledgerKills);
    expect(report.digests).toBeGreaterThan(20);
    expect(report.acceptances).toBe(report.digests - report.voids + report.doubled);
    expect(report.doubled).toBeLessThanOrEqual(report.cutOff);
  });
});

describe('the checker', () => {
  test.each(sizes.wrongWebhookPolicies)(
    'notices workers that send by webhooks wrongly: %s',
    async (policy) => {
      expect(await tryWrongPolicy('webhook', policy)).not.toEqual([]);
    },
    600_000,
  );
});
