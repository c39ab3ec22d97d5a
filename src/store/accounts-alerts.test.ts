import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { asId } from '../knowledge/ids.ts';
import { createAlertHistory } from './accounts-alerts.ts';
import { createDigestLedger } from './digests.ts';
import { createSubscriptionStore } from './subscriptions.ts';

const monday7 = Date.parse('2026-03-02T07:00:00Z');

describeOnBothDatabases('the history of alerts', (databases) => {
  test('shows what subscriptions matched, what the next digest will tell and what past ones told', async () => {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    const subscriptions = createSubscriptionStore(database);
    const history = createAlertHistory(database);
    const [exchange, teams] = [await world.addTechnology('Exchange'), await world.addTechnology('Teams')];
    const article = await world.addArticle();
    const reader = await world.addAccount();
    const stranger = await world.addAccount();
    const early = await world.recordChange({ articleId: article, technologies: [exchange] });
    const follow = async (followed: Parameters<typeof subscriptions.follow>[0]['followed']) => {
      const outcome = await subscriptions.follow({
        accountId: reader,
        followed,
        threshold: 'material',
        now: asId(0),
      });
      if (outcome.kind !== 'followed') throw new Error(outcome.kind);
      return outcome.subscription.id;
    };
    const one = await follow({ kind: 'technology', technologyId: exchange });
    const two = await follow({ kind: 'article', articleId: article });
    const both = await world.recordChange({ articleId: article, technologies: [exchange] });
    await world.recordChange({ articleId: article, technologies: [teams], significance: 'minor' });
    await world.recordChange({ articleId: article, technologies: [exchange], alerts: false });

    const matches = await history.listMatches({ accountId: reader, since: asId(0), limit: 10 });
    expect(matches.map((match) => [match.id, match.subscriptionIds])).toEqual([
      [both, [one, two]],
      [early, [one, two]],
    ]);
    expect(await history.listMatches({ accountId: reader, since: asId(0), limit: 1 })).toHaveLength(1);
    expect(await history.countMatches(reader, asId(0))).toEqual(
      new Map([
        [one, 2],
        [two, 2],
      ]),
    );
    expect(await history.listMatches({ accountId: stranger, since: asId(0), limit: 10 })).toEqual([]);
    expect((await history.listUntold(reader, 10)).map((match) => match.id)).toEqual([both]);

    await planDigests({ ledger: createDigestLedger(database), clock: { now: () => asId(monday7) } });
    expect(await history.listUntold(reader, 10)).toEqual([]);
    expect(await history.listDigests(reader, 5)).toMatchObject([
      { localDate: '2026-03-02', changes: 1, deliveryState: 'queued', plannedAt: monday7 },
    ]);
    expect(await history.findDigest(reader, '2026-03-02')).toMatchObject({ told: [{ id: both }] });
    expect(await history.findDigest(stranger, '2026-03-02')).toBeNull();
    expect(await history.listDigests(stranger, 5)).toEqual([]);
  });
});
