import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../knowledge/clock.ts';
import { asId, type Instant, type SourceId } from '../../knowledge/ids.ts';
import type { Snapshot, Source, SourceKind, SourceReader } from '../../knowledge/source.ts';
import type { AddressPolicy } from './check-address.ts';
import { createExchange } from './exchange.ts';
import type { HostMemory } from './fetch-memory.ts';
import { type ResolveHost, resolveBySystem } from './guarded-connector.ts';
import {
  createPoliteClient,
  defaultPoliteness,
  type PoliteClient,
  type Politeness,
} from './polite-client.ts';
import { createVolatileFetchMemory } from './volatile-fetch-memory.ts';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A web server on loopback that tests write the answers of. */
export type LoopbackSite = {
  readonly url: string;
  /** As the address rules name it. */
  readonly host: string;
  /** Every request so far, such as `GET /robots.txt`. */
  readonly requests: string[];
  /** Answers a path from now on: a text, or a function. */
  answer(path: string, answer: string | Answering): void;
  close(): Promise<void>;
};

export async function openLoopbackSite(otherwise?: Answering): Promise<LoopbackSite> {
  const answers = new Map<string, string | Answering>([['/robots.txt', notFound]]);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(`${request.method} ${path}`);
    const answer = answers.get(path) ?? otherwise ?? notFound;
    if (typeof answer === 'string') response.end(answer);
    else void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    answer: (path, answer) => void answers.set(path, answer),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function notFound(_: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 404;
  response.end();
}

/** Answers with a body and an ETag of it, and with 304 to whoever has it. */
export function withEtag(body: string, headers: Readonly<Record<string, string>> = {}): Answering {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`;
  return (request, response) => {
    response.setHeader('etag', etag);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.headers['if-none-match'] === etag) {
      response.statusCode = 304;
      response.end();
    } else response.end(body);
  };
}

export function redirectTo(url: string, status = 301): Answering {
  return (_, response) => {
    response.statusCode = status;
    response.setHeader('location', url);
    response.end();
  };
}

/** A clock that tests set; sleeping moves it on. */
export function createTestTime(startMs = Date.UTC(2026, 0, 1, 2)): {
  clock: Clock;
  slept: number[];
  sleep: (durationMs: number) => Promise<void>;
  pass(durationMs: number): void;
} {
  let nowMs = startMs;
  const slept: number[] = [];
  return {
    clock: { now: () => asId<Instant>(nowMs) },
    slept,
    async sleep(durationMs) {
      slept.push(durationMs);
      nowMs += durationMs;
    },
    pass(durationMs) {
      nowMs += durationMs;
    },
  };
}

/** A client that may visit the sites on loopback, without gaps unless the test wants them. */
export function createTestClient(options: {
  sites: readonly LoopbackSite[];
  memory?: HostMemory;
  politeness?: Partial<Politeness>;
  policy?: AddressPolicy;
  resolveHost?: ResolveHost;
  clock?: Clock;
  sleep?: (durationMs: number, signal: AbortSignal) => Promise<void>;
}): PoliteClient {
  const policy = options.policy ?? {
    allowedHosts: options.sites.map((site) => site.host),
    allowedPorts: [80, 443],
  };
  const resolveHost = options.resolveHost ?? resolveBySystem;
  return createPoliteClient({
    exchange: createExchange({ policy, resolveHost, connectTimeoutMs: 2000 }),
    memory: options.memory ?? createVolatileFetchMemory(),
    policy,
    politeness: {
      ...defaultPoliteness,
      gapMs: 0,
      timeoutMs: 5000,
      backOff: { baseMs: 1, maxMs: 2 },
      userAgent: 'kbalertz/test (+https://kbalertz.example/contact)',
      ...options.politeness,
    },
    clock: options.clock ?? { now: () => asId<Instant>(Date.now()) },
    random: () => 0.5,
    sleep: options.sleep ?? ((durationMs, signal) => setTimeout(durationMs, undefined, { signal })),
  });
}

/** A source as an administrator would add it. */
export function describeTestSource(kind: SourceKind, url: string, settings: Source['settings'] = {}): Source {
  return {
    id: asId<SourceId>(1),
    name: 'kb',
    title: 'The knowledge base',
    kind,
    url,
    settings,
    schedule: '0 2 * * *',
    licence: '',
    attribution: '',
    state: 'active',
    createdAt: asId<Instant>(0),
  };
}

/** What a reader shows of a source today: its first snapshot, or null where nothing is new since `cursor`. */
export async function readTodaysSnapshot(
  reader: SourceReader,
  source: Source,
  cursor: string | null,
): Promise<Snapshot | null> {
  const { signal } = new AbortController();
  for await (const snapshot of reader.readSnapshots({ source, cursor, asOf: null, depth: 'latest', signal }))
    return snapshot;
  return null;
}
