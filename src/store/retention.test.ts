import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createDigestLedger } from './digests.ts';
import { forgetDeliveries } from './retention.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { verifyLedger } from './verifying/verify-ledger.ts';

const at = (ms: number) => asId<Instant>(ms);

describeOnBothDatabases('retention', (databases) => {
  test('forgets how old mail was sent, and never what was told', async () => {
    const database = await databases.open();
    const { db } = database;
    const world = await createLedgerWorld(database);
    const technologyId = await world.addTechnology('Teams');
    for (let n = 0; n < 3; n++) {
      const accountId = await world.addAccount();
      const followed = { kind: 'technology', technologyId } as const;
      await createSubscriptionStore(database).follow({
        accountId,
        followed,
        threshold: 'material',
        now: at(0),
      });
    }
    await world.recordChange({ articleId: await world.addArticle(), technologies: [technologyId] });
    const plan = () =>
      planDigests({ ledger: createDigestLedger(database), clock: { now: () => at(32 * 3_600_000) } });
    expect(await plan()).toMatchObject({ digests: 3 });
    const [old, fresh, open] = await db.selectFrom('deliveries').select('id').orderBy('id').execute();
    for (const [delivery, state, endedAt] of [
      [old, 'accepted', 100],
      [fresh, 'accepted', 5000],
      [open, 'deferred', null],
    ] as const) {
      const id = delivery?.id ?? 0;
      const message_id = `<${id}@x>`;
      const set = { state, ended_at: endedAt, address: 'a@example.org', message_id, subject: '1 changed' };
      await db.updateTable('deliveries').set(set).where('id', '=', id).execute();
      await db
        .insertInto('delivery_messages')
        .values({ delivery_id: id, content: Buffer.from('x') })
        .execute();
      await db
        .insertInto('delivery_attempts')
        .values({ delivery_id: id, number: 1, started_at: 50, ended_at: 60, outcome: state, response: 'ok' })
        .execute();
    }
    const forget = () => forgetDeliveries(database, { endedBefore: at(1000), limit: 10 });
    expect(await forget()).toEqual({ deliveries: 1, attempts: 1, notices: 0 });
    expect(await forget()).toEqual({ deliveries: 0, attempts: 0, notices: 0 });
    const addresses = await db.selectFrom('deliveries').select('address').orderBy('id').execute();
    expect(addresses.map(({ address }) => address)).toEqual([null, 'a@example.org', 'a@example.org']);
    expect(await db.selectFrom('digest_changes').selectAll().execute()).toHaveLength(3);
    await db.deleteFrom('delivery_messages').execute(); // these were no real ones
    expect(await verifyLedger(database, () => {})).toMatchObject({ checked: 3, wrong: 0 });
    expect(await plan()).toMatchObject({ digests: 0 });
  });
});
