import type { MiddlewareHandler } from 'hono';
import ipaddr from 'ipaddr.js';
import type { SiteContext, SiteEnv } from '../site-app.ts';

/**
 * The network that a request came from: an IPv4 address, or the first 64 bits of an IPv6 one, which one person has.
 * Behind proxies it is what the outermost trusted one says; see `recogniseClient`.
 */
export function findClientNetwork(c: SiteContext): string {
  return c.get('clientNetwork') ?? 'unknown';
}

/**
 * Finds out whom a request comes from and leaves it for `findClientNetwork`. Whoever connects is the client, unless
 * it is in one of the trusted networks: then the last address that it forwards for is looked at likewise, and so on.
 * What a client claims itself stands before that and is never believed. `Forwarded` (RFC 7239) is read where there is
 * no `X-Forwarded-For`.
 */
export function recogniseClient(trustedProxies: readonly string[]): MiddlewareHandler<SiteEnv> {
  const findNetwork = createNetworkFinder(trustedProxies);
  return async (c, next) => {
    const connected = c.env?.incoming?.socket?.remoteAddress ?? 'unknown';
    c.set('clientNetwork', findNetwork({ connected, header: (name) => c.req.header(name) }));
    return next();
  };
}

/** The same for what is beside the site: `connected` is the address that the connection comes from. */
export function createNetworkFinder(trustedProxies: readonly string[]) {
  const trusted = trustedProxies.flatMap(readNetwork);
  /** Whoever comes once comes again: reading an address costs more than the rest of it. */
  const known = new Map<string, string>();
  const nameDirect = (connected: string): string => {
    const name = known.get(connected) ?? nameNetwork(connected);
    if (known.size >= 1000) known.clear();
    known.set(connected, name);
    return name;
  };
  return (request: { readonly connected: string; header(name: string): string | undefined }): string => {
    const { connected } = request;
    const hops = listForwarded(request.header('x-forwarded-for'), request.header('forwarded'));
    return hops.length === 0 ? nameDirect(connected) : nameNetwork(findClient(connected, hops, trusted));
  };
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

function readNetwork(text: string): Network[] {
  if (!ipaddr.isValid(text.split('/')[0] ?? '')) return [];
  if (text.includes('/')) return [ipaddr.parseCIDR(text)];
  const address = ipaddr.parse(text);
  return [[address, address.kind() === 'ipv4' ? 32 : 128]];
}

function findClient(connected: string, hops: readonly string[], trusted: readonly Network[]): string {
  let client = connected;
  for (const hop of hops.toReversed()) {
    if (!isTrusted(client, trusted) || !ipaddr.isValid(hop)) return client;
    client = hop;
  }
  return client;
}

function isTrusted(text: string, trusted: readonly Network[]): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  return trusted.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

/** At most this many hops are looked at: a header of a thousand is nobody's proxies. */
const maxHops = 20;

function listForwarded(forwardedFor: string | undefined, forwarded: string | undefined): string[] {
  if (forwardedFor === undefined && forwarded === undefined) return [];
  const hops =
    forwardedFor !== undefined && forwardedFor !== ''
      ? forwardedFor.split(',')
      : (forwarded ?? '').split(',').map((hop) => /(?:^|;)\s*for="?([^";,]+)/i.exec(hop)?.[1] ?? '');
  return hops.slice(-maxHops).map((hop) => withoutPort(hop.trim()));
}

/** `192.0.2.7:4711` and `[2001:db8::6]:4711`, as some proxies write it. */
function withoutPort(hop: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}

/** The first 48 bits of an IPv6 network, which one customer may have; an IPv4 address as it is. */
export function widenNetwork(network: string): string {
  if (!network.endsWith('::/64')) return network;
  return `${network.split(':').slice(0, 3).join(':')}::/48`;
}

function nameNetwork(text: string): string {
  if (!ipaddr.isValid(text)) return 'unknown';
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const groups = address.parts.slice(0, 4).map((group) => group.toString(16));
  return `${groups.join(':')}::/64`;
}
