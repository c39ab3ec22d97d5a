import webPush from 'web-push';
import type { AccountStore } from '../accounts/account-store.ts';
import type { RateLimits } from '../accounts/rate-limits.ts';
import { createChannelWorker } from '../delivery/channels/channel-worker.ts';
import { createChannelSender, type PushKeys } from '../delivery/channels/create-channel-sender.ts';
import { createDigestLibrary } from '../delivery/digests/digest-library.ts';
import { createMessageLinks } from '../delivery/messages/message-settings.ts';
import type { createMailer } from '../delivery/notices/create-mailer.ts';
import type { Archive } from '../knowledge/archive.ts';
import type { Clock } from '../knowledge/clock.ts';
import { resolveBySystem } from '../sources/http/guarded-connector.ts';
import { createGuardedPoster } from '../sources/http/guarded-post.ts';
import { createChannelStore } from '../store/channels.ts';
import { createChannelQueue } from '../store/channels-queue.ts';
import type { Database } from '../store/database.ts';
import type { Sealer } from '../store/sealer.ts';
import { loadSharedSecret } from '../store/shared-secrets.ts';
import { createChannelAdministration } from './channel-administration.ts';
import type { Config } from './config.ts';
import { tellOfStoppedChannel } from './tell-of-stopped-channel.ts';

const concurrency = 10;
const timeoutMs = 15_000;
/** 8443 is where many put the webhooks of their own servers. */
const allowedPorts = [443, 8443];

/** Everything between a planned digest and the webhooks, chats and browsers that it goes to. */
export function composeChannels(parts: {
  readonly config: Config;
  readonly database: Database;
  readonly sealer: Sealer;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
  readonly accounts: Pick<AccountStore, 'findAccount'>;
  readonly mailer: ReturnType<typeof createMailer>;
}) {
  const { config, database, archive, clock, sealer } = parts;
  const links = createMessageLinks(config.publicUrl);
  const store = createChannelStore(database, sealer);
  const poster = createGuardedPoster({
    policy: { allowedHosts: config.privateHosts, allowedPorts },
    resolveHost: resolveBySystem,
    timeoutMs,
  });
  const loadPushKeys = async (): Promise<PushKeys> => {
    const kept = await loadSharedSecret(database, 'push-keys', () =>
      JSON.stringify(webPush.generateVAPIDKeys()),
    );
    return JSON.parse(kept) as PushKeys; // written by the line above
  };
  const sender = createChannelSender({
    post: poster.post,
    loadPushKeys,
    pushContact: `mailto:${config.mailFrom.address}`,
    userAgent: `kbalertz/1.0 (+${config.publicUrl})`,
  });
  const worker = createChannelWorker({
    queue: createChannelQueue(database, sealer),
    library: createDigestLibrary(archive),
    links,
    sender,
    clock,
    concurrency,
    stopChannel: ({ channel, state, problem }) => store.stopChannel(channel.id, state, problem),
    tellOwner: (stop) => tellOfStoppedChannel(parts, stop),
  });
  return {
    administration: createChannelAdministration({
      ...parts,
      store,
      sender,
      links,
      findProblem: poster.findProblem,
      loadPushKey: async () => (await loadPushKeys()).publicKey,
    }),
    attemptDueMessages: () => worker.attemptDueMessages(),
    async close() {
      await worker.stop();
      await poster.close();
    },
  };
}
