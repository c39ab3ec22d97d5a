import { Agent, request } from 'undici';
import { type AddressPolicy, checkUrl } from './check-address.ts';
import { describeFailure } from './describe-failure.ts';
import { createGuardedConnector, type ResolveHost } from './guarded-connector.ts';

/** What came of a POST; `body` is the beginning of the answer. */
type Posted =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'failed'; readonly because: string };

export type GuardedPoster = {
  /** null: it may be posted to; otherwise why not, for whoever gave the address. */
  findProblem(url: string): string | null;
  /** POSTs once, follows no redirection, and never throws for what the other side does. */
  post(asked: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  }): Promise<Posted>;
  close(): Promise<void>;
};

/** As much of an answer as anybody wants to read. */
const maxAnswerBytes = 4096;

/**
 * POSTs to addresses from outside, each connection to an address that was checked. https alone, but for the hosts that
 * the policy names; those may be private, too.
 */
export function createGuardedPoster(options: {
  readonly policy: AddressPolicy;
  readonly resolveHost: ResolveHost;
  /** For the whole exchange. */
  readonly timeoutMs: number;
}): GuardedPoster {
  const { policy, timeoutMs } = options;
  const agent = new Agent({
    connect: createGuardedConnector({ ...options, connectTimeoutMs: timeoutMs }),
    connections: 2,
    pipelining: 1,
    keepAliveTimeout: 5000,
    maxHeaderSize: 16 * 1024,
  });

  const check = (text: string) => {
    const checked = checkUrl(text, policy);
    if (checked.kind === 'refused' || checked.url.protocol === 'https:' || checked.mayBePrivate)
      return checked;
    return { kind: 'refused', because: 'only https addresses are posted to' } as const;
  };

  return {
    findProblem(url) {
      const checked = check(url);
      return checked.kind === 'refused' ? checked.because : null;
    },
    async post({ url, headers, body }) {
      const checked = check(url);
      if (checked.kind === 'refused') return { kind: 'refused', because: checked.because };
      try {
        const response = await request(checked.url, {
          method: 'POST',
          dispatcher: agent,
          headers,
          body: Buffer.from(body),
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
          signal: AbortSignal.timeout(timeoutMs),
        });
        const answer = await readBeginning(response.body);
        return {
          kind: 'answered',
          status: response.statusCode,
          headers: firstValues(response.headers),
          body: answer,
        };
      } catch (error) {
        const failure = describeFailure(error, checked.url.host, timeoutMs);
        const kind = failure.code === 'forbidden-address' ? 'refused' : 'failed';
        return { kind, because: failure.because };
      }
    },
    close: () => agent.destroy(),
  };
}

async function readBeginning(
  stream: AsyncIterable<Uint8Array> & {
    destroy(): unknown;
    on(event: 'error', listener: () => void): unknown;
  },
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= maxAnswerBytes) break;
    }
  } finally {
    // What comes after that is nobody's: an error in it must not be uncaught.
    stream.on('error', () => undefined);
    stream.destroy();
  }
  return Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString('utf8');
}

function firstValues(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first === undefined ? [] : [[name.toLowerCase(), first]];
    }),
  );
}
