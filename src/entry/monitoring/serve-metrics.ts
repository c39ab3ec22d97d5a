import { hash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Metrics } from './create-metrics.ts';
import type { Readiness } from './readiness.ts';

/** Work that went round no more for so long is stuck. */
const stuckAfterMs = 10 * 60_000;
/** The others rest for longer, or take as long as what they read. */
const watched = new Set(['plan', 'send']);

/**
 * Answers /metrics, /healthz and /readyz on an address of their own, apart from the site. null where no address is
 * set. With a token /metrics asks for it; the other two tell nothing that would need one.
 */
export async function serveMetrics(parts: {
  readonly config: Pick<Config, 'metrics'>;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly refreshGauges: () => Promise<void>;
  readonly findReadiness: () => Promise<Readiness>;
}): Promise<{ readonly port: number; close(): void } | null> {
  const { config, metrics, log, refreshGauges, findReadiness } = parts;
  if (config.metrics === null) return null;
  const { host, port, token } = config.metrics;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(response, 405, 'Only GET.\n');
    if (path === '/healthz') {
      const stuck = listStuckJobs(metrics.listRounds(), Date.now());
      return stuck.length === 0
        ? say(response, 200, 'ok\n')
        : say(response, 503, `Nothing was heard for ten minutes of: ${stuck.join(', ')}.\n`);
    }
    if (path === '/readyz') {
      const { isReady, waitsFor } = await findReadiness();
      return say(response, isReady ? 200 : 503, isReady ? 'ready\n' : `${waitsFor.join('\n')}\n`);
    }
    if (path !== '/metrics') return say(response, 404, 'There are /metrics, /healthz and /readyz.\n');
    if (token !== null && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
      response.setHeader('www-authenticate', 'Bearer');
      return say(response, 401, 'Send the token of KBALERTZ_METRICS_TOKEN as "Authorization: Bearer …".\n');
    }
    await refreshGauges();
    response.setHeader('content-type', metrics.registry.contentType);
    response.end(await metrics.registry.metrics());
  };

  const server: Server = createServer(
    { headersTimeout: 5000, requestTimeout: 10_000 },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.error({ err: error }, 'the metrics could not be read');
        say(response, 503, 'The metrics could not be read; the log says why.\n');
      });
    },
  );
  server.maxConnections = 64;
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  log.info({ host, port: listening }, 'metrics are served');
  return {
    port: listening,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listStuckJobs(rounds: ReadonlyMap<string, number>, nowMs: number): string[] {
  return [...rounds]
    .filter(([job, lastMs]) => watched.has(job) && nowMs - lastMs > stuckAfterMs)
    .map(([job]) => job);
}

function say(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/** In a time that does not depend on where the two differ. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hash('sha256', given)), Buffer.from(hash('sha256', expected)));
}
