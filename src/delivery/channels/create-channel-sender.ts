import { Webhook } from 'standardwebhooks';
import webPush from 'web-push';
import type { ChannelTarget } from '../../alerts/channel.ts';
import type { Instant } from '../../knowledge/ids.ts';
import { type ChannelOutcome, judgeAnswer } from './channel-outcome.ts';
import type { PostGuarded } from './post-guarded.ts';

/** The keys by which push services know us (VAPID, RFC 8292), in base64url. */
export type PushKeys = { readonly publicKey: string; readonly privateKey: string };

export type ChannelSender = {
  /** Sends a message once. Never throws for what the network or the other side do. */
  send(request: {
    readonly target: ChannelTarget;
    readonly messageId: string;
    readonly message: Uint8Array;
    readonly now: Instant;
  }): Promise<ChannelOutcome>;
};

const pushLifetimeSeconds = 3 * 86_400;

/** Puts messages on their way by `post`: signed for webhooks, encrypted for push. */
export function createChannelSender(parts: {
  readonly post: PostGuarded;
  /** Where it throws they can't be had for now, and push is deferred. */
  readonly loadPushKeys: () => Promise<PushKeys>;
  /** Whom a push service may ask: `mailto:…`. */
  readonly pushContact: string;
  readonly userAgent: string;
}): ChannelSender {
  const { post, loadPushKeys, pushContact, userAgent } = parts;
  const json = { 'content-type': 'application/json', 'user-agent': userAgent };

  const compose = (
    { target, messageId, message, now }: Parameters<ChannelSender['send']>[0],
    pushKeys: PushKeys | null,
  ) => {
    switch (target.kind) {
      case 'webhook':
        return {
          url: target.url,
          headers: { ...json, ...sign(target.secret, { messageId, message, now }) },
          body: message,
        };
      case 'slack':
      case 'teams':
        return { url: target.url, headers: json, body: message };
      case 'push': {
        const details = webPush.generateRequestDetails(
          { endpoint: target.url, keys: { p256dh: target.p256dh, auth: target.auth } },
          Buffer.from(message),
          {
            ...(pushKeys && { vapidDetails: { subject: pushContact, ...pushKeys } }),
            TTL: pushLifetimeSeconds,
            contentEncoding: 'aes128gcm',
            urgency: 'normal',
            // A message that is sent again replaces the first one where that was not shown yet (RFC 8030, 5.4).
            topic: messageId.replace(/[^\w-]/g, '').slice(-32),
          },
        );
        const headers = Object.fromEntries(
          Object.entries(details.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        );
        delete headers['content-length']; // the connection's own to say
        return {
          url: details.endpoint,
          headers: { ...headers, 'user-agent': userAgent },
          body: details.body,
        };
      }
    }
  };

  return {
    async send(request) {
      const { kind } = request.target;
      let pushKeys: PushKeys | null = null;
      try {
        if (kind === 'push') pushKeys = await loadPushKeys();
      } catch (error) {
        const because = error instanceof Error ? error.message : String(error);
        return { kind: 'deferred', response: `Not sent for now: ${because}`, retryAfterMs: null };
      }
      let composed: ReturnType<typeof compose>;
      try {
        composed = compose(request, pushKeys);
      } catch (error) {
        // Keys that a browser would never give: nothing can be encrypted with them.
        return { kind: 'failed', response: error instanceof Error ? error.message : String(error) };
      }
      return judgeAnswer(kind, await post(composed), request.now);
    },
  };
}

/** Standard Webhooks: the id is that of the message at every attempt, the time that of the attempt. */
function sign(
  secret: string,
  {
    messageId,
    message,
    now,
  }: { readonly messageId: string; readonly message: Uint8Array; readonly now: Instant },
): Record<string, string> {
  const at = new Date(now);
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': new Webhook(secret).sign(messageId, at, Buffer.from(message)),
  };
}
