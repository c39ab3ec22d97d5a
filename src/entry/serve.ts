import { once } from 'node:events';
import type { Server } from 'node:http';
import { serve as listen } from '@hono/node-server';
import type { ServeOptions } from '../cli/commands/serve.ts';
import { compose, type Parts } from './compose.ts';
import { composeApi } from './compose-api.ts';
import { composeSite } from './compose-site.ts';
import { readConfig } from './config.ts';
import { createLog, type Log } from './log.ts';
import { composeMonitoring } from './monitoring/compose-monitoring.ts';
import { isMeasurement } from './monitoring/measurement.ts';
import { sealSecrets } from './seal-secrets.ts';
import { startSearchService } from './search-service.ts';
import { limitSlowClients, serverLimits } from './server-limits.ts';
import { sharePort } from './share-port.ts';
import { addStarterSource } from './starter-source.ts';
import { stopSignal } from './stop-signal.ts';
import { startThread } from './thread-host.ts';
import { warmUp } from './warm-up.ts';

/** Serves the site until the process is asked to stop; scans, plans and sends in a thread of its own beside it. */
export async function serve(options: ServeOptions): Promise<void> {
  const config = readConfig(process.env, options);
  const log = createLog(config.logLevel);
  const parts = await compose(config);
  await sealSecrets(parts, log);
  if (options.starter) await addStarterSource(parts);

  const searching = startSearchService(options, log);
  const monitoring = composeMonitoring(parts, { log, searching });
  const { findSearch } = monitoring;
  const site = composeSite(parts, { options, log, findSearch, monitoring });
  const { api, mcp } = composeApi(parts, { log, findSearch, monitoring });
  const server = listen({
    fetch: sharePort(site, [
      { takes: (path) => /^\/api(\/|$)/.test(path), by: api },
      { takes: (path) => path === '/mcp', by: mcp },
    ]).fetch,
    hostname: config.host,
    port: config.port,
    serverOptions: serverLimits,
  }) as Server; // no HTTP/2 is asked for
  limitSlowClients(server);
  await once(server, 'listening');
  const metrics = await monitoring.serve();
  const thread = options.worker
    ? startThread(new URL('./worker-thread.ts', import.meta.url), {
        name: 'work',
        options,
        log,
        onMessage: (message) => {
          if (isMeasurement(message)) monitoring.record(message);
        },
      })
    : null;
  await welcome(parts, log);

  const signal = stopSignal();
  void warmUp(site, parts.archive, signal);
  if (!signal.aborted) await once(signal, 'abort');
  metrics?.close();
  server.close();
  server.closeIdleConnections();
  await Promise.all([thread?.stop(), searching.stop()]);
  await parts.close();
}

async function welcome({ config, accounts }: Parts, log: Log): Promise<void> {
  const lines = [`kbalertz is at ${config.publicUrl}`];
  const link = await accounts.issueFirstAdministratorLink();
  if (link !== null)
    lines.push(
      '',
      'Nobody administers it yet. This link makes the first administrator, once:',
      `  ${link}`,
      '',
    );
  process.stdout.write(`${lines.join('\n')}\n`);
  log.info({ host: config.host, port: config.port }, 'listening');
}
