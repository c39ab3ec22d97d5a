import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { openSealer } from '../../tests/factories/open-sealer.ts';
import { type Channel, maxChannelsPerAccount } from '../alerts/channel.ts';
import type { ChannelLetter } from '../alerts/channel-queue.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { type AccountId, asId, type Instant } from '../knowledge/ids.ts';
import { createAlertHistory } from './accounts-alerts.ts';
import { createChannelStore } from './channels.ts';
import { createChannelQueue } from './channels-queue.ts';
import { createDeliveryQueue } from './deliveries.ts';
import { createDigestLedger } from './digests.ts';
import { createDigestDesk } from './digests-desk.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { createSuppressionStore } from './suppressions.ts';

const monday7 = Date.parse('2026-03-02T07:00:00Z');
const hourMs = 3_600_000;
const at = (hours: number) => asId<Instant>(monday7 + hours * hourMs);
const hook = { kind: 'webhook', url: 'https://hook.example.org/x', secret: 'whsec_AAAA' } as const;

describeOnBothDatabases('channels', (databases) => {
  /** A reader of a technology with a change to tell, not planned yet. */
  async function start() {
    const database = await databases.open();
    const { db } = database;
    const world = await createLedgerWorld(database);
    const sealer = openSealer(database);
    const [channels, queue] = [createChannelStore(database, sealer), createChannelQueue(database, sealer)];
    const [mailDesk, mailQueue] = [createDigestDesk(database), createDeliveryQueue(database)];
    const exchange = await world.addTechnology('Exchange');
    const article = await world.addArticle();
    const account = await world.addAccount({ address: 'ada@example.org' });
    const followed = { kind: 'technology', technologyId: exchange } as const;
    const subscriptions = createSubscriptionStore(database);
    await subscriptions.follow({ accountId: account, followed, threshold: 'material', now: at(0) });
    const change = () => world.recordChange({ articleId: article, technologies: [exchange] });
    await change();
    const ledger = createDigestLedger(database);
    const plan = async (hours: number) =>
      (await planDigests({ ledger, clock: { now: () => at(hours) } })).digests;
    const add = async (accountId: AccountId = account, name = 'hook') => {
      const added = await channels.addChannel({ accountId, name, target: hook, now: at(0) });
      if (added.kind !== 'added') throw new Error(added.kind);
      return added.channel;
    };
    const addActive = async () => {
      const channel = await add();
      await channels.activateChannel(channel.id, at(0));
      return channel;
    };
    const lease = (hours: number, leaseToken = 'w') => ({
      now: at(hours),
      limit: 10,
      leaseMs: hourMs,
      leaseToken,
    });
    const write = async (
      hours = 0,
      desk: Pick<typeof mailDesk, 'claimUnwritten' | 'keepMessage'> = queue,
    ) => {
      const claimed = await desk.claimUnwritten(lease(hours));
      for (const one of claimed) {
        const content = Buffer.from(`message ${one.deliveryId}`);
        const { address } = one.material.account;
        await desk.keepMessage(one, { messageId: `m${one.deliveryId}`, address, subject: 's', content });
      }
      return claimed.length;
    };
    const writeMail = (hours = 0) => write(hours, mailDesk);
    const claim = (hours: number, leaseToken = 'a') => queue.claimLetters(lease(hours, leaseToken));
    const claimMail = (hours: number) => mailQueue.claimLetters(lease(hours, 'm'));
    const states = async () =>
      Object.fromEntries(
        (await db.selectFrom('deliveries').select(['channel', 'state']).execute()).map((row) => [
          row.channel.replace(/:\d+$/, ''),
          row.state,
        ]),
      );
    const countTold = async () => (await db.selectFrom('digest_changes').selectAll().execute()).length;
    return {
      ...{ database, db, world, channels, queue, account, change, plan, add, addActive },
      ...{ write, writeMail, claim, claimMail, mailQueue, states, countTold, subscriptions },
    };
  }

  const end = (
    { endAttempts }: { endAttempts: ReturnType<typeof createChannelQueue>['endAttempts'] },
    letter: ChannelLetter | undefined,
    kind: 'accepted' | 'failed',
  ) => {
    if (letter === undefined) throw new Error('nothing was claimed');
    return endAttempts([{ letter, outcome: { kind, response: kind }, endedAt: at(0.5) }]);
  };

  test('belong to one account, are at most ten, and go with it', async () => {
    const { channels, add, account, world, db } = await start();
    const stranger = await world.addAccount();
    const channel = await add();
    expect(channel).toMatchObject({ name: 'hook', state: 'untested', target: hook, testedAt: null });
    expect(await channels.findChannel(stranger, channel.id)).toBeNull();
    expect(await channels.removeChannel(stranger, channel.id)).toBe(false);
    for (let n = 1; n < maxChannelsPerAccount; n++) await add();
    const more = await channels.addChannel({ accountId: account, name: 'x', target: hook, now: at(0) });
    expect(more).toEqual({ kind: 'too-many', limit: maxChannelsPerAccount });
    expect(await channels.listChannels(account)).toHaveLength(maxChannelsPerAccount);
    await db.deleteFrom('accounts').where('id', '=', account).execute();
    expect(await db.selectFrom('channels').select('id').execute()).toEqual([]);
  });

  test('are stopped once, so that their owner is told once', async () => {
    const { channels, addActive, account } = await start();
    const { id } = await addActive();
    expect(await channels.stopChannel(id, 'paused', '500')).toBe(true);
    expect(await channels.stopChannel(id, 'disabled', '410')).toBe(false);
    expect(await channels.findChannel(account, id)).toMatchObject({ state: 'paused', problem: '500' });
    await channels.activateChannel(id, at(1));
    expect(await channels.findChannel(account, id)).toMatchObject({ state: 'active', problem: null });
  });

  test('get one delivery each of a digest, the untested and the stopped none', async () => {
    const { addActive, add, channels, plan, states, db } = await start();
    await addActive();
    await addActive();
    await add();
    const stopped = await addActive();
    await channels.stopChannel(stopped.id, 'paused', '500');
    expect(await plan(0)).toBe(1);
    const rows = await db.selectFrom('deliveries').select('channel').orderBy('id').execute();
    expect(rows.map((row) => row.channel.replace(/\d+/, 'N'))).toEqual(['mail', 'webhook:N', 'webhook:N']);
    expect(await states()).toEqual({ mail: 'queued', webhook: 'queued' });
  });

  test('let mail be refused, and nothing is planned for who takes nothing', async () => {
    const { channels, account, addActive, plan, states, countTold, database } = await start();
    await channels.chooseMail(account, false, at(0));
    await channels.chooseMail(account, false, at(0));
    expect(await channels.takesMail(account)).toBe(false);
    expect(await channels.listChannels(account)).toEqual([]);
    expect(await plan(0)).toBe(0);
    expect(await countTold()).toBe(0);
    await addActive();
    expect(await plan(24)).toBe(1);
    expect(await states()).toEqual({ webhook: 'queued' });
    const { deliveryState } = (await createAlertHistory(database).listDigests(account, 1))[0] ?? {};
    expect(deliveryState).toBe('queued');
    await channels.chooseMail(account, true, at(0));
    expect(await channels.takesMail(account)).toBe(true);
  });

  test('bring digests to who is not mailed any more', async () => {
    const { database, addActive, plan, states } = await start();
    await addActive();
    const suppressions = createSuppressionStore(database);
    await suppressions.suppress({
      addressKey: 'ada@example.org',
      reason: 'complaint',
      detail: '',
      createdAt: at(0),
    });
    expect(await plan(0)).toBe(1);
    expect(await states()).toEqual({ webhook: 'queued' });
  });

  test('have leases and fences as mail has, and the same bytes at every attempt', async () => {
    const { addActive, plan, write, claim, claimMail, writeMail, queue, states, db } = await start();
    await addActive();
    await plan(0);
    expect(await claim(0)).toEqual([]);
    expect(await write()).toBe(1);
    expect(await write()).toBe(0);
    await writeMail();
    const [first] = await claim(0, 'sleeper');
    expect(first).toMatchObject({ attempt: 1, channel: { name: 'hook', target: hook } });
    const attempts = () => db.selectFrom('delivery_attempts').select(['number', 'outcome']).execute();
    expect(await attempts()).toEqual([{ number: 1, outcome: null }]);
    expect(await claim(0.9)).toEqual([]);
    const [second] = await claim(1, 'other');
    expect(second).toMatchObject({ attempt: 2, messageId: first?.messageId, message: first?.message });
    expect(await end(queue, first, 'failed')).toEqual({ late: 1 });
    expect(await states()).toEqual({ mail: 'queued', webhook: 'sending' });
    expect(await end(queue, second, 'accepted')).toEqual({ late: 0 });
    expect(await states()).toEqual({ mail: 'queued', webhook: 'accepted' });
    // The mail is its own, and no worker of the other kind takes it.
    expect(await claim(2)).toEqual([]);
    expect(await claimMail(2)).toHaveLength(1);
  });

  test('pile nothing on mail that is on its way, and do not hold mail up', async () => {
    const { addActive, plan, write, writeMail, claim, claimMail, mailQueue, change, channels, account } =
      await start();
    await addActive();
    await plan(0);
    await write();
    await writeMail();
    await claim(0);
    const [mail] = await claimMail(0);
    if (!mail) throw new Error('no mail');
    await change();
    expect(await plan(24)).toBe(0);
    await mailQueue.endAttempts([
      { letter: mail, outcome: { kind: 'accepted', response: '' }, endedAt: at(1) },
    ]);
    expect(await plan(48)).toBe(1); // though the webhook still waits
    await channels.chooseMail(account, false, at(48));
    await change();
    expect(await plan(72)).toBe(0); // now it is all there is
  });

  test('take a digest back that nobody attempted when the account is paused, and leave one that was', async () => {
    const { addActive, plan, write, writeMail, claim, claimMail, db, account, states, countTold } =
      await start();
    await addActive();
    await plan(0);
    await write();
    await writeMail();
    const pause = (paused: number) =>
      db.updateTable('accounts').set({ paused }).where('id', '=', account).execute();
    await pause(1);
    expect(await claim(0)).toEqual([]);
    expect(await states()).toEqual({});
    expect(await countTold()).toBe(0);

    await pause(0);
    expect(await plan(24)).toBe(1);
    await write(24);
    await writeMail(24);
    expect(await claim(24)).toHaveLength(1);
    await pause(1);
    expect(await claimMail(24)).toEqual([]);
    expect(await states()).toEqual({ mail: 'failed', webhook: 'sending' });
    expect(await countTold()).toBe(1);
  });

  test('that are removed cost the digest nothing while it goes by mail, and nothing is lost where it does not', async () => {
    const { addActive, plan, write, writeMail, claim, claimMail, channels, account, states, countTold } =
      await start();
    const first = await addActive();
    await plan(0);
    await write();
    await channels.removeChannel(account, first.id);
    expect(await claim(0)).toEqual([]);
    expect(await states()).toEqual({ mail: 'queued', webhook: 'failed' });
    await writeMail();
    expect(await claimMail(0)).toHaveLength(1);
    expect(await countTold()).toBe(1);
  });

  test('that are all the reader has give the digest back when they are removed before an attempt', async () => {
    const { addActive, plan, write, claim, channels, account, states, countTold } = await start();
    await channels.chooseMail(account, false, at(0));
    const first: Channel = await addActive();
    await plan(0);
    await channels.removeChannel(account, first.id);
    expect(await write()).toBe(0);
    expect(await states()).toEqual({});
    expect(await countTold()).toBe(0);
    await addActive();
    expect(await plan(24)).toBe(1);
    await write(24);
    expect(await claim(24)).toHaveLength(1);
  });
});
