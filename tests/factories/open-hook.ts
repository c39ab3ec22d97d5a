import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the other side of a channel got it. */
export type Received = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** The other side of channels: an HTTP server on loopback. */
export type Hook = {
  readonly url: string;
  /** As the address rules name it. */
  readonly host: string;
  readonly received: Received[];
  /** What it answers from now on; 204 without anything else at first. */
  answer: { status: number; headers?: Record<string, string>; body?: string; delayMs?: number };
  close(): Promise<void>;
};

export async function openHook(): Promise<Hook> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    received.push({ path: request.url ?? '', headers, body: Buffer.concat(chunks) });
    const { status, headers: own = {}, body = '', delayMs = 0 } = hook.answer;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    response.writeHead(status, own).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind
  const hook: Hook = {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    received,
    answer: { status: 204 },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hook;
}
