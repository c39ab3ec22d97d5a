import { classifyFailure } from './classify-failure.ts';
import { createSmtpConnections } from './smtp-connections.ts';
import { tidyReply } from './tidy-reply.ts';
import type { Transport } from './transport.ts';

/**
 * Sends prepared bytes through a pool of connections to one SMTP server, `smtp://user:password@host:587` or
 * `smtps://…`. `maxConnections` is also how many messages it sends at a time.
 */
export function createSmtpTransport(settings: {
  readonly url: string;
  readonly maxConnections: number;
  /** How long a connection, a greeting or a reply may take. */
  readonly timeoutMs?: number;
}): Transport {
  const { url, maxConnections, timeoutMs = 60_000 } = settings;
  const connections = createSmtpConnections({ url, maxConnections, timeoutMs });
  return {
    name: 'smtp',
    async send({ from, to, message }) {
      // Addresses were parsed when they came in; whatever else got here must not become a command or a second recipient.
      if (/[\s<>,;\p{Cc}]/u.test(to)) return { kind: 'failed', response: 'This is no address.' };
      try {
        const response = await connections.send({ from, to }, message);
        return { kind: 'accepted', response: tidyReply(response) };
      } catch (error) {
        return classifyFailure(error);
      }
    },
    async close() {
      connections.close();
    },
  };
}
