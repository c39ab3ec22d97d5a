import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import type { Letter } from '../alerts/letter-queue.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { createTurns } from '../alerts/turns.ts';
import { type AccountId, asId, type Instant, type TechnologyId } from '../knowledge/ids.ts';
import { createDeliveryQueue } from './deliveries.ts';
import { withdrawDigest } from './deliveries-withdraw.ts';
import { createDigestLedger } from './digests.ts';
import { claimDigests } from './digests-claim.ts';
import { createDigestDesk } from './digests-desk.ts';
import { createNoticeStore } from './notices.ts';
import { createReturnedMailStore } from './returned-mail.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { createSuppressionStore } from './suppressions.ts';

const monday7 = Date.parse('2026-03-02T07:00:00Z');
const hourMs = 3_600_000;
const at = (hours: number) => asId<Instant>(monday7 + hours * hourMs);

describeOnBothDatabases('deliveries', (databases) => {
  /** Planned digests for `count` readers of one technology. */
  async function start(count = 1) {
    const database = await databases.open();
    const { db } = database;
    const world = await createLedgerWorld(database);
    const desk = createDigestDesk(database);
    const queue = createDeliveryQueue(database);
    const exchange = await world.addTechnology('Exchange');
    const subscriptions = createSubscriptionStore(database);
    for (let n = 0; n < count; n++) {
      await subscriptions.follow({
        accountId: await world.addAccount(),
        followed: { kind: 'technology', technologyId: exchange },
        threshold: 'material',
        now: at(0),
      });
    }
    const article = await world.addArticle();
    await world.recordChange({ articleId: article, technologies: [exchange] });
    const ledger = createDigestLedger(database);
    const plan = (hours: number) => planDigests({ ledger, clock: { now: () => at(hours) } });
    await plan(0);
    const write = async (hours = 0) => {
      const claimed = await desk.claimUnwritten({
        now: at(hours),
        limit: 10,
        leaseMs: hourMs,
        leaseToken: 'w',
      });
      for (const one of claimed) {
        const content = Buffer.from(`message of digest ${one.material.id}`);
        const { address } = one.material.account;
        await desk.keepMessage(one, { messageId: `<${one.deliveryId}@x>`, address, subject: 's', content });
      }
      return claimed.length;
    };
    const claim = (hours: number, leaseToken = 'a') =>
      queue.claimLetters({ now: at(hours), limit: 10, leaseMs: hourMs, leaseToken });
    const end = (letter: Letter, kind: 'accepted' | 'failed', hours: number) =>
      queue.endAttempts([{ letter, outcome: { kind, response: kind }, endedAt: at(hours) }]);
    const states = async () =>
      (await db.selectFrom('deliveries').select('state').execute()).map((row) => row.state);
    return { database, db, ledger, world, exchange, desk, queue, plan, write, claim, end, states };
  }

  test('go from queued over sending to accepted, with the attempt on record before it begins', async () => {
    const { db, write, claim, end, states } = await start();
    expect(await claim(0)).toEqual([]);
    await write();
    const [letter] = await claim(0);
    if (!letter) throw new Error('nothing was claimed');
    expect(letter).toMatchObject({ attempt: 1, queuedAt: at(0), leaseUntil: at(1) });
    expect(Buffer.from(letter.message).toString()).toMatch(/^message of digest \d+$/);
    expect(await states()).toEqual(['sending']);
    const attempts = db.selectFrom('delivery_attempts').select(['number', 'started_at', 'outcome']);
    expect(await attempts.execute()).toEqual([{ number: 1, started_at: at(0), outcome: null }]);
    expect(await end(letter, 'accepted', 0.5)).toEqual({ late: 0 });
    expect(await states()).toEqual(['accepted']);
    expect(await attempts.execute()).toEqual([{ number: 1, started_at: at(0), outcome: 'accepted' }]);
    expect(await claim(100)).toEqual([]);
  });

  test('are sent again with the same bytes when a lease runs out, and its holder can change nothing any more', async () => {
    const { write, claim, end, states, db } = await start();
    await write();
    const [first] = await claim(0, 'sleeper');
    expect(await claim(0.9, 'other')).toEqual([]);
    const [second] = await claim(1, 'other');
    if (!first || !second) throw new Error('not claimed twice');
    expect(second).toMatchObject({ attempt: 2, messageId: first.messageId, message: first.message });
    expect(await end(first, 'failed', 1.1)).toEqual({ late: 1 });
    expect(await states()).toEqual(['sending']);
    expect(await end(second, 'accepted', 1.2)).toEqual({ late: 0 });
    expect(await states()).toEqual(['accepted']);
    const outcomes = await db.selectFrom('delivery_attempts').select('outcome').orderBy('number').execute();
    expect(outcomes.map((row) => row.outcome)).toEqual(['failed', 'accepted']);
  });

  test('come back when they were deferred until then', async () => {
    const { queue, write, claim, states } = await start();
    await write();
    const [letter] = await claim(0);
    if (!letter) throw new Error('nothing was claimed');
    const outcome = { kind: 'deferred', response: '451', nextAttemptAt: at(2) } as const;
    await queue.endAttempts([{ letter, outcome, endedAt: at(0.1) }]);
    expect(await states()).toEqual(['deferred']);
    expect(await claim(1.9)).toEqual([]);
    expect(await claim(2)).toMatchObject([{ attempt: 2 }]);
  });

  test('end many at a time, each as its own lease and outcome say', async () => {
    const { db, queue, write, claim } = await start(5);
    await write();
    const old = await claim(0, 'sleeper');
    const [late, ...letters] = await claim(1, 'other');
    const [accepted, deferred, failed, open] = letters;
    const stale = old.find(({ id }) => id === late?.id);
    if (!stale || !accepted || !deferred || !failed || !open) throw new Error('not claimed twice');
    const put = { kind: 'deferred', response: '451 later', nextAttemptAt: at(3) } as const;
    const ended = await queue.endAttempts([
      { letter: stale, outcome: { kind: 'failed', response: 'asleep' }, endedAt: at(1.1) },
      { letter: accepted, outcome: { kind: 'accepted', response: '250 "ok" {é}' }, endedAt: at(1.2) },
      { letter: deferred, outcome: put, endedAt: at(1.3) },
      { letter: failed, outcome: { kind: 'failed', response: '550 no' }, endedAt: at(1.4) },
    ]);
    expect(ended).toEqual({ late: 1 });
    const rows = await db
      .selectFrom('deliveries')
      .select(['id', 'state', 'lease_token', 'ended_at', 'next_attempt_at', 'problem'])
      .orderBy('id')
      .execute();
    const held = {
      state: 'sending',
      lease_token: 'other',
      ended_at: null,
      next_attempt_at: at(2),
      problem: null,
    };
    const gone = { lease_token: null };
    const expected = [
      { id: stale.id, ...held },
      {
        id: accepted.id,
        state: 'accepted',
        ...gone,
        ended_at: at(1.2),
        next_attempt_at: at(1.2),
        problem: null,
      },
      {
        id: deferred.id,
        state: 'deferred',
        ...gone,
        ended_at: null,
        next_attempt_at: at(3),
        problem: '451 later',
      },
      {
        id: failed.id,
        state: 'failed',
        ...gone,
        ended_at: at(1.4),
        next_attempt_at: at(1.4),
        problem: '550 no',
      },
      { id: open.id, ...held },
    ];
    expect(rows).toEqual(expected.sort((a, b) => a.id - b.id));
    const attempts = db.selectFrom('delivery_attempts').select(['number', 'outcome', 'response', 'ended_at']);
    const recorded = await attempts.where('response', 'is not', null).orderBy('ended_at').execute();
    expect(recorded).toEqual([
      { number: 1, outcome: 'failed', response: 'asleep', ended_at: at(1.1) },
      { number: 2, outcome: 'accepted', response: '250 "ok" {é}', ended_at: at(1.2) },
      { number: 2, outcome: 'deferred', response: '451 later', ended_at: at(1.3) },
      { number: 2, outcome: 'failed', response: '550 no', ended_at: at(1.4) },
    ]);
  });

  test('are shared out between workers, each to one', async () => {
    const { write, claim } = await start(20);
    await write();
    await write();
    const shares = await Promise.all([claim(0, 'a'), claim(0, 'b'), claim(0, 'c')]);
    const ids = shares.flat().map((letter) => letter.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + (await claim(0, 'd')).length).toBe(20);
  });

  test.each([
    ['paused before it was written', 0, { paused: 1 }],
    ['paused after it was written', 1, { paused: 1 }],
    ['unconfirmed again', 1, { confirmed_at: null }],
  ])('give a digest back that nobody attempted: %s', async (_name, writes, columns) => {
    const { db, plan, write, claim, states } = await start();
    if (writes > 0) await write();
    await db.updateTable('accounts').set(columns).execute();
    if (writes === 0) await write();
    expect(await claim(0)).toEqual([]);
    expect(await states()).toEqual([]);
    expect(await db.selectFrom('digest_changes').selectAll().execute()).toEqual([]);
    await db.updateTable('accounts').set({ paused: 0, confirmed_at: 1 }).execute();
    await plan(24);
    expect(await db.selectFrom('digest_changes').select('change_id').execute()).toHaveLength(1);
  });

  test('never go to a suppressed address, and end when it is suppressed on the way', async () => {
    const { database, db, write, claim, states } = await start();
    await write();
    const [letter] = await claim(0);
    const suppressions = createSuppressionStore(database);
    const { address_key } = await db.selectFrom('accounts').select('address_key').executeTakeFirstOrThrow();
    const suppression = { addressKey: address_key, reason: 'hard-bounce', detail: '5.1.1', createdAt: at(0) };
    expect(await suppressions.suppress(suppression)).toBe(true);
    expect(letter).toBeDefined();
    expect(await claim(1)).toEqual([]);
    expect(await states()).toEqual(['failed']);
  });

  test('wait while their domain is paused or passed over, and others do not', async () => {
    const { database, db, write, claim, queue } = await start(2);
    const [first] = await db.selectFrom('accounts').select('id').orderBy('id').execute();
    await db
      .updateTable('accounts')
      .set({ address: 'ada@big.example', address_key: 'ada@big.example' })
      .where('id', '=', first?.id ?? 0)
      .execute();
    await write();
    const returned = createReturnedMailStore(database);
    const pause = { domain: 'big.example', reason: 'blocked', diagnostic: '550 5.7.1', pausedAt: at(0) };
    const lasting = { ...pause, lastsMs: () => 6 * hourMs, rowMs: hourMs };
    expect(await returned.pauseDomain(lasting)).toEqual({ pauses: 1, pausedUntil: at(6) });
    expect(await returned.pauseDomain(lasting)).toBeNull();
    const request = { now: at(0), limit: 10, leaseMs: hourMs, leaseToken: 'a' };
    expect(await queue.claimLetters({ ...request, exceptDomains: ['example.org'] })).toEqual([]);
    expect(await claim(0)).toMatchObject([{ address: expect.stringMatching(/@example.org$/) }]);
    expect(await returned.listPausedDomains(at(1))).toMatchObject([{ domain: 'big.example' }]);
    expect(await returned.resumeDomain('big.example', at(1))).toBe(true);
    expect((await claim(1)).map(({ address }) => address)).toContain('ada@big.example');
  });

  test('that nobody attempted through an outage become one digest', async () => {
    const { db, world, plan, write, claim, end } = await start();
    const { id: technology } = await db.selectFrom('technologies').select('id').executeTakeFirstOrThrow();
    await write();
    for (const day of [1, 2]) {
      const articleId = await world.addArticle();
      const technologies = [asId<TechnologyId>(technology)];
      await world.recordChange({ articleId, technologies, recordedAt: at(24 * day) });
      await plan(24 * day);
      if (day === 1) await write(24);
    }
    const digests = () => db.selectFrom('digests').select('local_date').execute();
    expect(await digests()).toHaveLength(3);
    await write(60);
    expect(await claim(60)).toEqual([]);
    expect(await digests()).toEqual([]);
    await plan(60);
    expect(await digests()).toEqual([{ local_date: '2026-03-04' }]);
    expect(await db.selectFrom('digest_changes').select('change_id').execute()).toHaveLength(3);
    await write(60);
    const [letter] = await claim(60);
    if (!letter) throw new Error('nothing was claimed');
    await end(letter, 'accepted', 60);
    expect(await claim(90)).toEqual([]);
  });

  test('are written anew when the address changed before the first attempt', async () => {
    const { db, write, claim } = await start();
    await write();
    await db
      .updateTable('accounts')
      .set({ address: 'new@example.org', address_key: 'new@example.org' })
      .execute();
    expect(await claim(0)).toEqual([]);
    expect(await write()).toBe(1);
    expect(await claim(0)).toMatchObject([{ address: 'new@example.org', attempt: 1 }]);
  });

  test('end without a message when nothing is left to say', async () => {
    const { desk, states, claim } = await start();
    const [digest] = await desk.claimUnwritten({ now: at(0), limit: 1, leaseMs: hourMs, leaseToken: 'w' });
    if (!digest) throw new Error('nothing was claimed');
    expect(await desk.voidDelivery({ ...digest, leaseToken: 'other' }, at(0))).toBe(false);
    expect(await desk.voidDelivery(digest, at(0))).toBe(true);
    expect(await states()).toEqual(['void']);
    expect(await claim(1)).toEqual([]);
  });

  test('are written by one worker at a time; a late one keeps nothing', async () => {
    const { desk, claim } = await start();
    const request = { limit: 1, leaseMs: hourMs };
    const [first] = await desk.claimUnwritten({ ...request, now: at(0), leaseToken: 'one' });
    expect(await desk.claimUnwritten({ ...request, now: at(0.5), leaseToken: 'two' })).toEqual([]);
    const [second] = await desk.claimUnwritten({ ...request, now: at(1), leaseToken: 'two' });
    if (!first || !second) throw new Error('not claimed twice');
    const message = { messageId: '<m@x>', subject: 's', address: first.material.account.address };
    expect(await desk.keepMessage(first, { ...message, content: Buffer.from('late') })).toBe(false);
    expect(await desk.keepMessage(second, { ...message, content: Buffer.from('kept') })).toBe(true);
    const [letter] = await claim(1);
    expect(Buffer.from(letter?.message ?? []).toString()).toBe('kept');
  });

  test('of notices go the same way, but not to suppressed addresses', async () => {
    const { database, db } = await start(0);
    const notices = createNoticeStore(database);
    const notice = (name: string) => ({
      accountId: null,
      address: `${name}@example.org`,
      addressKey: `${name}@example.org`,
      kind: 'sign-in',
      subject: 'Sign in',
      messageId: `<${name}@x>`,
      message: Buffer.from(name),
      createdAt: at(0),
    });
    const suppressions = createSuppressionStore(database);
    await suppressions.suppress({
      addressKey: 'eve@example.org',
      reason: 'complaint',
      detail: '',
      createdAt: at(0),
    });
    expect(await notices.insertNotice(notice('eve'))).toBe('suppressed');
    for (const name of ['ada', 'bob']) expect(await notices.insertNotice(notice(name))).toBe('queued');
    await suppressions.suppress({
      addressKey: 'bob@example.org',
      reason: 'complaint',
      detail: '',
      createdAt: at(0),
    });
    const letters = await notices.claimLetters({ now: at(0), limit: 10, leaseMs: hourMs, leaseToken: 'a' });
    expect(letters.map((letter) => letter.address)).toEqual(['ada@example.org']);
    for (const letter of letters) {
      await notices.endAttempts([{ letter, outcome: { kind: 'accepted', response: '250' }, endedAt: at(0) }]);
    }
    const rows = await db.selectFrom('notices').select(['address', 'state']).orderBy('address').execute();
    expect(rows.map((row) => row.state)).toEqual(['accepted', 'failed']);
  });

  test('of the letter that asks for a new address go to one that bounced, and to none that complained', async () => {
    const { database } = await start(0);
    const notices = createNoticeStore(database);
    const suppressions = createSuppressionStore(database);
    const reasons = ['hard-bounce', 'soft-bounces', 'complaint', 'by-hand'];
    const notice = (reason: string, kind: string) => ({
      accountId: null,
      address: `${reason}@example.org`,
      addressKey: `${reason}@example.org`,
      kind,
      subject: kind,
      messageId: `<${kind}.${reason}@x>`,
      message: Buffer.from(reason),
      createdAt: at(0),
    });
    const kept: string[] = [];
    for (const reason of reasons) {
      const addressKey = `${reason}@example.org`;
      await suppressions.suppress({ addressKey, reason, detail: '', createdAt: at(0) });
      for (const kind of ['confirm-new-address', 'sign-in', 'confirm-address', 'address-changed']) {
        const outcome = await notices.insertNotice(notice(reason, kind));
        if (outcome === 'queued') kept.push(`${kind} to ${addressKey}`);
      }
    }
    expect(kept).toEqual([
      'confirm-new-address to hard-bounce@example.org',
      'confirm-new-address to soft-bounces@example.org',
    ]);
    await suppressions.lift('soft-bounces@example.org');
    const complaint = { addressKey: 'soft-bounces@example.org', reason: 'complaint', detail: '' };
    await suppressions.suppress({ ...complaint, createdAt: at(0) });
    const letters = await notices.claimLetters({ now: at(0), limit: 10, leaseMs: hourMs, leaseToken: 'a' });
    expect(letters.map((letter) => letter.address)).toEqual(['hard-bounce@example.org']);
  });

  test('are not withdrawn from under a digest that is being planned after them', async () => {
    const { database, db, ledger, world, exchange } = await start();
    const article = await world.addArticle();
    await world.recordChange({ articleId: article, technologies: [exchange] });
    const { id, account_id } = await db.selectFrom('digests').selectAll().executeTakeFirstOrThrow();
    const { decide } = createTurns(at(24));
    const request = { accounts: [asId<AccountId>(account_id)], now: at(24), decide };
    let withdrawn: Promise<boolean> | undefined;
    await db.transaction().execute(async (tx) => {
      expect(await claimDigests(database.kind, tx, request)).toMatchObject({ digests: 1 });
      withdrawn = db.transaction().execute((other) => withdrawDigest(other, id));
      await new Promise((resolve) => setTimeout(resolve, 200)); // it is under way, and waits
    });
    expect(await withdrawn).toBe(false);
    expect(await ledger.listDueAccounts(at(24))).toEqual([]);
    expect(await db.selectFrom('digests').select('id').execute()).toHaveLength(2);
  });
});
