import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Acceptance, Sink } from './smtp-sink.ts';

/** What signs the messages of every account of a campaign. */
export const campaignSecret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

/** Where the webhook of an address is. */
export const hookUrlOf = (port: number, address: string) =>
  `http://127.0.0.1:${port}/${encodeURIComponent(address)}`;

/**
 * Webhooks on loopback, one for each address, that keep what they accept, answer late, and put one message in
 * `deferOneIn` off. Of a message that is not signed as Standard Webhooks says, the bytes count as wrong.
 */
export async function startHookSink({ deferOneIn }: { readonly deferOneIn: number }): Promise<Sink> {
  const acceptances: Acceptance[] = [];
  let deferred = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
    } catch {
      return; // a killed client breaks its connection off
    }
    if (Math.random() < 1 / deferOneIn) {
      deferred += 1;
      response.writeHead(503).end('come back later');
      return;
    }
    const content = Buffer.concat(chunks);
    const messageId = String(request.headers['webhook-id']);
    const sentAt = new Date(Number(request.headers['webhook-timestamp']) * 1000);
    const signature = new Webhook(campaignSecret).sign(messageId, sentAt, content);
    const isSigned = signature === request.headers['webhook-signature'];
    // From here on the message is taken, whether the sender lives to hear of it or not.
    acceptances.push({
      messageId,
      recipient: decodeURIComponent((request.url ?? '').slice(1)),
      hash: isSigned ? createHash('sha256').update(content).digest('hex') : 'a wrong signature',
      text: content.toString('utf8'),
    });
    await sleep(Math.random() * 20);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind
  return {
    port,
    acceptances,
    countDeferred: () => deferred,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
