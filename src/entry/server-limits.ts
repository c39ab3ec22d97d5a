import type { Server, ServerOptions } from 'node:http';

/**
 * What a client may take its time with. A client that dawdles over its headers or its body (slowloris, R.U.D.Y.) is
 * let go after these times; Node's own are 60 and 300 seconds.
 */
export const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
} satisfies ServerOptions;

/** A reader who takes nothing for so long is gone, or wants to hold the connection (a slow read). */
const silentForMs = 60_000;
/** Behind a proxy a few hundred do; without one this leaves the process its file handles. */
const maxConnections = 4_000;

export function limitSlowClients(server: Server): void {
  server.setTimeout(silentForMs);
  server.maxConnections = maxConnections;
  server.maxHeadersCount = 100;
}
