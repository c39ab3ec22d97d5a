import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export type MailListener = {
  readonly port: number;
  /** Takes no new connection; resolves when those that are open have ended, at most after some seconds. */
  close(): Promise<void>;
};

export type ListenerLimits = {
  readonly maxBytes: number;
  readonly maxConnections: number;
  readonly maxRecipients: number;
  /** Without a sign of the other side. */
  readonly idleMs: number;
  /** Of a whole connection, however busy it seems. */
  readonly longestMs: number;
};

const defaultLimits: ListenerLimits = {
  maxBytes: 2_000_000,
  maxConnections: 50,
  maxRecipients: 20,
  idleMs: 60_000,
  longestMs: 300_000,
};

/**
 * Listens for mail by LMTP or SMTP, for a few addresses only: `isOurs` is asked at RCPT TO, so that nothing else can be
 * left here. A message is answered with 250 when `take` has done with it; what `take` throws is a 451: the other side
 * keeps the message and comes again. Rejects when it can't listen (EADDRINUSE where another process does).
 */
export async function openMailListener(parts: {
  readonly protocol: 'lmtp' | 'smtp';
  readonly host: string;
  readonly port: number;
  readonly isOurs: (address: string) => boolean;
  readonly take: (address: string, raw: Uint8Array) => Promise<void>;
  /** Told of what went wrong with a message, which the other side keeps. */
  readonly onFailure: (error: unknown) => void;
  readonly limits?: Partial<ListenerLimits>;
}): Promise<MailListener> {
  const { protocol, host, port, isOurs, take, onFailure } = parts;
  const limits = { ...defaultLimits, ...parts.limits };
  const server = new SMTPServer({
    lmtp: protocol === 'lmtp',
    banner: 'kbalertz takes returned mail only',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: limits.maxBytes,
    maxClients: limits.maxConnections,
    socketTimeout: limits.idleMs,
    closeTimeout: 5000,
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= limits.maxRecipients)
        done(reply(452, '4.5.3 Too many recipients'));
      else if (isOurs(address)) done();
      else done(reply(550, '5.1.1 No such address here'));
    },
    onData(stream, session, done) {
      void receive(stream, session).then(
        (error) => done(error, '2.0.0 Taken'),
        (error: unknown) => {
          onFailure(error);
          done(reply(451, '4.3.0 It could not be kept. Try again later'));
        },
      );
    },
  });

  const receive = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | null> => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk);
    if (stream.sizeExceeded) return reply(552, '5.3.4 The message is too large');
    const raw = Buffer.concat(chunks);
    for (const { address } of session.envelope.rcptTo) await take(address, raw);
    return null;
  };

  server.on('error', () => {}); // of one connection: the other side is gone, and comes again
  server.server.on('connection', (socket: Socket) => {
    const timer = setTimeout(() => socket.destroy(), limits.longestMs);
    timer.unref();
    socket.once('close', () => clearTimeout(timer));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const bound = server.server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
