import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** A message that a sink said yes to. */
export type Acceptance = {
  /** Of a mail its Message-ID, of a webhook's message its webhook-id. */
  readonly messageId: string;
  readonly recipient: string;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  readonly text: string;
};

/** The other side of a campaign. */
export type Sink = {
  readonly port: number;
  readonly acceptances: readonly Acceptance[];
  /** How many messages it put off. */
  countDeferred(): number;
  close(): Promise<void>;
};

/** A mail server on loopback that keeps what it accepts, answers late, and puts one message in `deferOneIn` off. */
export async function startSmtpSink({
  deferOneIn,
  slowestMs = 20,
}: {
  readonly deferOneIn: number;
  /** How long an answer takes at most. */
  readonly slowestMs?: number;
}): Promise<Sink> {
  const acceptances: Acceptance[] = [];
  let deferred = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        if (Math.random() < 1 / deferOneIn) {
          deferred += 1;
          callback(Object.assign(new Error('4.3.2 Come back later'), { responseCode: 451 }));
          return;
        }
        const content = Buffer.concat(chunks);
        const text = content.toString('latin1');
        // From here on the message is taken, whether the sender lives to hear of it or not.
        acceptances.push({
          messageId: /^Message-ID: (<[^>]+>)/im.exec(text)?.[1] ?? '',
          recipient: session.envelope.rcptTo[0]?.address ?? '',
          hash: createHash('sha256').update(content).digest('hex'),
          text,
        });
        await sleep(Math.random() * slowestMs);
        callback(null, '2.0.0 Accepted');
      });
    },
  });
  server.on('error', () => {}); // a killed client breaks its connection off
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    acceptances,
    countDeferred: () => deferred,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
