import { createECDH, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import webPush from 'web-push';
import { describeOnBothDatabases } from '../../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../../tests/factories/ledger-world.ts';
import { type Hook, openHook } from '../../../tests/factories/open-hook.ts';
import { openSealer } from '../../../tests/factories/open-sealer.ts';
import type { ChannelTarget } from '../../alerts/channel.ts';
import { planDigests } from '../../alerts/plan-digests.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import { resolveBySystem } from '../../sources/http/guarded-connector.ts';
import { createGuardedPoster } from '../../sources/http/guarded-post.ts';
import { createArchive } from '../../store/archive.ts';
import { createChannelStore } from '../../store/channels.ts';
import { createChannelQueue } from '../../store/channels-queue.ts';
import { createDigestLedger } from '../../store/digests.ts';
import { createSubscriptionStore } from '../../store/subscriptions.ts';
import { createDigestLibrary } from '../digests/digest-library.ts';
import { createMessageLinks } from '../messages/message-settings.ts';
import { type ChannelStop, createChannelWorker } from './channel-worker.ts';
import { createChannelSender } from './create-channel-sender.ts';

const monday7 = Date.parse('2026-03-02T07:00:00Z');
const [minuteMs, hourMs] = [60_000, 3_600_000];
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const vapid = webPush.generateVAPIDKeys();
const links = createMessageLinks('https://kb.example.org');
// The other half of web-push, which has no types: what a browser does with a message.
const ece = createRequire(import.meta.url)('http_ece') as {
  decrypt(body: Buffer, params: Record<string, unknown>): Buffer;
};

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function openPost() {
  const hook = await openHook();
  const poster = createGuardedPoster({
    policy: { allowedHosts: [hook.host], allowedPorts: [443] },
    resolveHost: resolveBySystem,
    timeoutMs: 2000,
  });
  open.push(hook, poster);
  const sender = createChannelSender({
    post: poster.post,
    loadPushKeys: async () => vapid,
    pushContact: 'mailto:kb@example.org',
    userAgent: 'kbalertz/test',
  });
  return { hook, sender };
}

/** A browser that subscribed. */
function subscribe() {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const auth = randomBytes(16);
  return {
    p256dh: keys.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
    read: (body: Buffer) =>
      ece.decrypt(body, { version: 'aes128gcm', privateKey: keys, authSecret: auth.toString('base64url') }),
  };
}

/** An article whose texts try to break out of whatever they are put into. */
const hostile = '<!channel> "quoted" & *bold* [link](https://evil.example) <b>x</b>';

describeOnBothDatabases('digests by channels', (databases) => {
  async function start(makeTarget: (hook: Hook) => ChannelTarget) {
    const { hook, sender } = await openPost();
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    let now = asId<Instant>(monday7);
    const clock = { now: () => now };
    const exchange = await world.addTechnology('Exchange <Online>');
    const accountId = await world.addAccount();
    await createSubscriptionStore(database).follow({
      accountId,
      followed: { kind: 'technology', technologyId: exchange },
      threshold: 'material',
      now,
    });
    const article = await world.addArticle(hostile);
    const reasons = JSON.stringify([{ code: 'step-added', section: null, sentence: 'A step was added' }]);
    const passage = '{"before":"Press <F1>.","after":"Press <F2>."}';
    await world.recordChange({ articleId: article, technologies: [exchange], reasons, passage });
    const channels = createChannelStore(database, openSealer(database));
    const added = await channels.addChannel({ accountId, name: 'ours', target: makeTarget(hook), now });
    if (added.kind !== 'added') throw new Error(added.kind);
    await channels.activateChannel(added.channel.id, now);
    await planDigests({ ledger: createDigestLedger(database), clock });
    const stopped: ChannelStop[] = [];
    /** `failures`: how often the database does not answer once a message was sent. */
    const makeWorker = ({ failures = 0 } = {}) => {
      const pauses: number[] = [];
      const whenThere = async <T>(ask: () => Promise<T>): Promise<T> => {
        if (pauses.length < failures) throw new Error('the database is away');
        return ask();
      };
      const queue = createChannelQueue(database, openSealer(database));
      const worker = createChannelWorker({
        queue: { ...queue, endAttempts: (ends) => whenThere(() => queue.endAttempts(ends)) },
        library: createDigestLibrary(createArchive(database)),
        links,
        sender,
        clock,
        concurrency: 3,
        chance: () => 0.5,
        stopChannel: ({ channel, state, problem }) =>
          whenThere(() => channels.stopChannel(channel.id, state, problem)),
        tellOwner: async (stop) => {
          stopped.push(stop);
        },
        pause: async (ms) => pauses.push(ms),
      });
      return { ...worker, pauses };
    };
    const worker = makeWorker();
    const delivery = () =>
      database.db
        .selectFrom('deliveries')
        .selectAll()
        .where('channel', '<>', 'mail')
        .executeTakeFirstOrThrow();
    const find = () => channels.findChannel(accountId, added.channel.id);
    return {
      ...{ hook, worker, makeWorker, stopped, delivery, find, database, clock },
      send: () => worker.attemptDueMessages(),
      wait: (ms: number) => {
        now = asId<Instant>(now + ms);
      },
    };
  }

  const webhook = (hook: Hook): ChannelTarget => ({ kind: 'webhook', url: `${hook.url}/in`, secret });

  test('arrive at a webhook once, signed as Standard Webhooks says', async () => {
    const { hook, send, delivery } = await start(webhook);
    expect(await send()).toEqual({ accepted: 1, deferred: 0, failed: 0, late: 0 });
    expect(await send()).toEqual({ accepted: 0, deferred: 0, failed: 0, late: 0 });
    const [got] = hook.received;
    if (!got || hook.received.length !== 1) throw new Error(`${hook.received.length} messages came`);
    // The library refuses times far from its own clock; the signature is over the time that was sent.
    const id = got.headers['webhook-id'] ?? '';
    const sentAt = new Date(Number(got.headers['webhook-timestamp']) * 1000);
    expect(sentAt.getTime()).toBe(monday7);
    expect(new Webhook(secret).sign(id, sentAt, got.body)).toBe(got.headers['webhook-signature']);
    expect(got.headers['content-type']).toBe('application/json');
    const { data, ...envelope } = JSON.parse(got.body.toString());
    expect(envelope).toEqual({ type: 'digest.created', timestamp: '2026-03-02T07:00:00.000Z' });
    expect(data).toMatchObject({
      localDate: '2026-03-02',
      count: 1,
      url: 'https://kb.example.org/account/digests/2026-03-02',
      groups: [{ because: 'You follow Exchange <Online>.', entries: [{ kind: 'revised', title: hostile }] }],
    });
    expect(got.body.toString()).not.toContain('secret-');
    expect(await delivery()).toMatchObject({ state: 'accepted', address: hook.host, message_id: id });
  });

  test('are sent again with the same id and bytes, at the times of the schedule, for three days', async () => {
    const { hook, send, wait, delivery, stopped, find, clock } = await start(webhook);
    hook.answer = { status: 500, body: 'down\u0000 for now' };
    const times: number[] = [];
    for (let n = 0; n < 20 && (await delivery()).state !== 'failed'; n++) {
      await send();
      times.push(clock.now() - monday7);
      wait(Math.max(0, (await delivery()).next_attempt_at - clock.now()));
    }
    expect(times.map((ms) => Math.round((ms / hourMs) * 10) / 10)).toEqual([
      0, 0, 0.1, 0.6, 2.6, 7.6, 17.6, 31.6, 51.6, 71.6,
    ]);
    expect(new Set(hook.received.map(({ body }) => body.toString())).size).toBe(1);
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(times.length);
    const problem = 'Given up after three days: HTTP 500: down for now';
    expect(await delivery()).toMatchObject({ state: 'failed', problem });
    expect(stopped).toMatchObject([{ state: 'paused', problem }]);
    expect(await find()).toMatchObject({ state: 'paused', problem });
  });

  test('wait as long as they are asked to', async () => {
    const { hook, send, delivery } = await start(webhook);
    hook.answer = { status: 429, headers: { 'retry-after': '7200' } };
    await send();
    expect(await delivery()).toMatchObject({ state: 'deferred', next_attempt_at: monday7 + 2 * hourMs });
  });

  test('end the channel that says that it is gone', async () => {
    const { hook, send, delivery, stopped, find } = await start(webhook);
    hook.answer = { status: 410 };
    await send();
    expect(await delivery()).toMatchObject({ state: 'failed', problem: 'HTTP 410' });
    expect(stopped).toMatchObject([{ state: 'disabled' }]);
    expect(await find()).toMatchObject({ state: 'disabled' });
  });

  test.each([
    [204, 'accepted', []],
    [410, 'failed', ['disabled']],
  ])(
    'are written down, and their channel is stopped, once a database is back that was away: %i',
    async (status, state, stops) => {
      const { hook, makeWorker, delivery, stopped, database } = await start(webhook);
      hook.answer = { status };
      const worker = makeWorker({ failures: 5 });
      await worker.attemptDueMessages();
      expect(worker.pauses).toEqual([100, 200, 400, 800, 1600]);
      expect(hook.received).toHaveLength(1);
      expect(await delivery()).toMatchObject({ state, attempts: 1 });
      const attempts = await database.db.selectFrom('delivery_attempts').select('outcome').execute();
      expect(attempts).toEqual([{ outcome: state }]);
      expect(stopped.map((stop) => stop.state)).toEqual(stops);
    },
  );

  test('come again after a worker died, the same; the one that slept past its lease changes nothing', async () => {
    const { hook, send, wait, delivery, database, makeWorker } = await start(webhook);
    const queue = createChannelQueue(database, openSealer(database));
    hook.answer = { status: 500 };
    await send();
    wait(minuteMs);
    hook.answer = { status: 204 };
    // A worker that dies: it took the message, perhaps sent it, and never said how that went.
    const [lost] = await queue.claimLetters({
      now: asId<Instant>(monday7 + minuteMs),
      limit: 1,
      leaseMs: minuteMs,
      leaseToken: 'dead',
    });
    expect(await send()).toMatchObject({ accepted: 0 });
    wait(minuteMs);
    expect(await makeWorker().attemptDueMessages()).toMatchObject({ accepted: 1 });
    if (!lost) throw new Error('nothing was claimed');
    const outcome = { kind: 'failed', response: 'late' } as const;
    const late = await queue.endAttempts([{ letter: lost, outcome, endedAt: asId<Instant>(monday7) }]);
    expect(late).toEqual({ late: 1 });
    expect(await delivery()).toMatchObject({ state: 'accepted', attempts: 3 });
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('arrive in Slack as blocks in which nothing from outside is a link or a mention', async () => {
    const { hook, send } = await start(({ url }) => ({ kind: 'slack', url: `${url}/services/T/B/x` }));
    await send();
    const text = hook.received[0]?.body.toString() ?? '';
    const message = JSON.parse(text);
    expect(message.text).toBe('1 change: Exchange &lt;Online&gt;');
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(message.blocks[0]).toMatchObject({ type: 'header', text: { type: 'plain_text' } });
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).not.toContain('<!channel>');
    expect(text).toContain('_now_ Press &lt;F2&gt;.');
    expect(text).not.toContain('/u/');
  });

  test('arrive in Teams as an adaptive card whose texts know no Markdown', async () => {
    const { hook, send } = await start(({ url }) => ({ kind: 'teams', url: `${url}/workflows/x` }));
    hook.answer = { status: 202 };
    expect(await send()).toMatchObject({ accepted: 1 });
    const message = JSON.parse(hook.received[0]?.body.toString() ?? '');
    const card = message.attachments[0];
    expect(card.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(card.content).toMatchObject({ type: 'AdaptiveCard', version: '1.4' });
    const types = card.content.body.map((element: { type: string }) => element.type);
    expect(new Set(types)).toEqual(new Set(['RichTextBlock']));
    expect(JSON.stringify(card.content.body)).toContain(JSON.stringify(hostile).slice(1, -1));
  });

  test('arrive at a browser encrypted, by keys of our own, and end with its subscription', async () => {
    const browser = subscribe();
    const { hook, send, find, wait, delivery, database } = await start(({ url }) => ({
      kind: 'push',
      url: `${url}/push/abc`,
      p256dh: browser.p256dh,
      auth: browser.auth,
    }));
    hook.answer = { status: 201 };
    expect(await send()).toMatchObject({ accepted: 1 });
    const [got] = hook.received;
    if (!got) throw new Error('nothing came');
    expect(got.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '259200', urgency: 'normal' });
    expect(got.headers).toMatchObject({
      authorization: expect.stringMatching(/^vapid t=[\w.-]+, ?k=/),
      topic: expect.stringMatching(/^[\w-]{1,32}$/),
    });
    expect(JSON.parse(browser.read(got.body).toString())).toEqual({
      title: '1 change: Exchange <Online>',
      body: `Changed: ${hostile}`,
      url: 'https://kb.example.org/account/digests/2026-03-02',
      tag: (await delivery()).message_id,
    });
    await database.db.updateTable('deliveries').set({ state: 'queued', ended_at: null }).execute();
    wait(minuteMs);
    hook.answer = { status: 410 };
    await send();
    expect(await find()).toMatchObject({ state: 'disabled' });
  });
});

describe('a message', () => {
  test('that a chat refuses for good is not sent again', async () => {
    const { hook, sender } = await openPost();
    const send = (target: ChannelTarget) =>
      sender.send({ target, messageId: 'm', message: Buffer.from('{}'), now: asId(monday7) });
    const slack = { kind: 'slack', url: `${hook.url}/x` } as const;
    const kindOf = async (status: number, target: ChannelTarget) => {
      hook.answer = { status, body: 'no' };
      return (await send(target)).kind;
    };
    expect(await kindOf(404, slack)).toBe('gone');
    expect(await kindOf(400, slack)).toBe('failed');
    expect(await kindOf(429, slack)).toBe('deferred');
    expect(await kindOf(302, slack)).toBe('deferred');
    const hook404 = { kind: 'webhook', url: `${hook.url}/x`, secret } as const;
    expect(await kindOf(404, hook404)).toBe('deferred');
    expect(await kindOf(410, { kind: 'teams', url: `${hook.url}/x` })).toBe('gone');
    const broken = { kind: 'push', url: `${hook.url}/x`, p256dh: 'AAAA', auth: 'AAAA' } as const;
    expect((await send(broken)).kind).toBe('failed');
    expect((await send({ ...slack, url: 'https://10.0.0.1/' })).kind).toBe('failed');
  });

  test('to a browser waits while our own keys can not be read', async () => {
    const browser = subscribe();
    const sender = createChannelSender({
      post: async () => ({ kind: 'failed', because: 'nothing should be sent' }),
      loadPushKeys: async () => {
        throw new Error('The database does not answer.');
      },
      pushContact: 'mailto:kb@example.org',
      userAgent: 'kbalertz/test',
    });
    const target = {
      kind: 'push',
      url: 'https://push.example/x',
      p256dh: browser.p256dh,
      auth: browser.auth,
    } as const;
    const sent = await sender.send({
      target,
      messageId: 'm',
      message: Buffer.from('{}'),
      now: asId(monday7),
    });
    expect(sent).toMatchObject({ kind: 'deferred', response: expect.stringContaining('does not answer') });
  });
});
