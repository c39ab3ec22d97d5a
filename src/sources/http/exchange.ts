import { Agent, request } from 'undici';
import type { AddressPolicy } from './check-address.ts';
import { createGuardedConnector, type ResolveHost } from './guarded-connector.ts';
import { type BodyLimits, readBody } from './read-body.ts';

/** One answer of a server, no redirect followed. */
export type Answer = {
  readonly status: number;
  /** Names in lower case; of a header sent twice the first value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What the body cost on the line. */
  readonly wireBytes: number;
};

export type Exchange = {
  exchange(asked: {
    url: URL;
    headers: Readonly<Record<string, string>>;
    limits: BodyLimits;
    /** For the whole exchange, from connecting to the last byte. */
    timeoutMs: number;
    signal: AbortSignal;
  }): Promise<Answer>;
  close(): Promise<void>;
};

/** GETs over connections of our own, each to an address that was checked; one connection a host. */
export function createExchange(options: {
  policy: AddressPolicy;
  resolveHost: ResolveHost;
  connectTimeoutMs: number;
}): Exchange {
  const agent = new Agent({
    connect: createGuardedConnector(options),
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    maxHeaderSize: 32 * 1024,
  });

  return {
    async exchange({ url, headers, limits, timeoutMs, signal }) {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const response = await request(url, {
        method: 'GET',
        dispatcher: agent,
        headers,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal: deadline,
      });
      const answerHeaders = firstValues(response.headers);
      try {
        let wireBytes = 0;
        async function* countWire(): AsyncGenerator<Uint8Array> {
          // The body is a Readable of Buffers; its iterator is typed `any`.
          for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
            wireBytes += chunk.byteLength;
            yield chunk;
          }
        }
        const body = await readBody(countWire(), answerHeaders['content-encoding'] ?? '', limits);
        return { status: response.statusCode, headers: answerHeaders, body, wireBytes };
      } finally {
        // Frees the connection when reading stopped early; an error listener keeps that from being uncaught.
        response.body.on('error', () => undefined);
        response.body.destroy();
      }
    },
    close: () => agent.destroy(),
  };
}

function firstValues(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const first: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value[0] : value;
    if (text !== undefined) first[name.toLowerCase()] = text;
  }
  return first;
}
