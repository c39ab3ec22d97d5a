import { randomBytes } from 'node:crypto';
import type { RateLimits } from '../accounts/rate-limits.ts';
import type { Channel, ChannelStore, ChannelTarget } from '../alerts/channel.ts';
import type { ChannelSender } from '../delivery/channels/create-channel-sender.ts';
import { writeTestMessage } from '../delivery/channels/write-test-message.ts';
import type { MessageLinks } from '../delivery/messages/message-settings.ts';
import type { Clock } from '../knowledge/clock.ts';
import { SealError } from '../store/sealer.ts';
import type { ChannelAdministration, ChannelForm } from '../web/channel-ports.ts';

const maxUrlLength = 2000;
const maxNameLength = 60;
/** So that nobody makes us knock at a stranger's door all day. */
const testLimit = { name: 'channel-test', limit: 10, windowMs: 3_600_000, permits: 1 };

/** What an account does with its channels, on the site and by the command line. */
export function createChannelAdministration(parts: {
  readonly store: ChannelStore;
  readonly sender: ChannelSender;
  readonly links: MessageLinks;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
  /** Why nothing is posted to the address; null: it may be. */
  readonly findProblem: (url: string) => string | null;
  readonly loadPushKey: () => Promise<string>;
}): ChannelAdministration {
  const { store, sender, links, clock, rateLimits, findProblem, loadPushKey } = parts;
  return {
    listChannels: store.listChannels,
    removeChannel: store.removeChannel,
    takesMail: store.takesMail,
    chooseMail: (accountId, takesMail) => store.chooseMail(accountId, takesMail, clock.now()),
    loadPushKey,

    async addChannel(accountId, form) {
      const problem = form.url.length > maxUrlLength ? 'the address is too long' : findProblem(form.url);
      if (problem !== null) return { kind: 'refused', sentence: `Nothing can be sent there: ${problem}.` };
      const target = makeTarget(form);
      if (target === null) {
        return {
          kind: 'refused',
          sentence: 'The browser gave no usable keys. Try again, or in another one.',
        };
      }
      const name = form.name.slice(0, maxNameLength) || new URL(form.url).host;
      const added = await store
        .addChannel({ accountId, name, target, now: clock.now() })
        .catch((error: unknown) => {
          if (error instanceof SealError) return { kind: 'no-key' } as const;
          throw error;
        });
      if (added.kind === 'no-key') {
        const sentence =
          'This site can\'t keep the secrets of channels just now. Nothing was added; whoever runs it finds the cause in "kbalertz doctor".';
        return { kind: 'refused', sentence };
      }
      if (added.kind === 'too-many') {
        const sentence = `You have ${added.limit} channels, which is the most. Remove one to add another.`;
        return { kind: 'refused', sentence };
      }
      return { ...added, secret: target.kind === 'webhook' ? target.secret : null };
    },

    async testChannel(accountId, id) {
      const channel = await store.findChannel(accountId, id);
      if (channel === null) return null;
      const now = clock.now();
      const permit = await rateLimits.takePermits({ ...testLimit, key: String(accountId), now });
      if (permit.kind !== 'granted') {
        const minutes = Math.ceil(permit.retryAfterMs / 60_000);
        const sentence = `${testLimit.limit} tests were sent within the hour. Try again in ${minutes} minutes.`;
        return { kind: 'refused', sentence };
      }
      const { target } = channel;
      const message = writeTestMessage(target.kind, links, now);
      const messageId = `test_${randomBytes(10).toString('hex')}`;
      const sent = await sender.send({ target, messageId, message, now });
      if (sent.kind !== 'accepted') {
        return {
          kind: 'refused',
          sentence: `The test to ${hostOf(channel)} did not arrive: ${sent.response.replace(/\.?$/, '.')}`,
        };
      }
      await store.activateChannel(id, clock.now());
      return { kind: 'arrived' };
    },
  };
}

function makeTarget(form: ChannelForm): ChannelTarget | null {
  const { kind, url } = form;
  switch (kind) {
    case 'webhook':
      return { kind, url, secret: `whsec_${randomBytes(32).toString('base64')}` };
    case 'slack':
    case 'teams':
      return { kind, url };
    case 'push': {
      // RFC 8291, 3.1 and 3.2: a point of P-256, uncompressed, and 16 octets.
      const [key, auth] = [Buffer.from(form.p256dh, 'base64url'), Buffer.from(form.auth, 'base64url')];
      if (key.length !== 65 || key[0] !== 4 || auth.length !== 16) return null;
      return { kind, url, p256dh: key.toString('base64url'), auth: auth.toString('base64url') };
    }
  }
}

function hostOf({ target }: Channel): string {
  return new URL(target.url).host;
}
