import type { SiteContext } from '../site-app.ts';

/**
 * The network that a request came from: an IPv4 address, or the first 64 bits of an IPv6 one, which one person has.
 * A proxy on this machine is believed whom it speaks for; what a client claims itself stands before that and is not.
 */
export function findClientNetwork(c: SiteContext): string {
  const connected = c.env?.incoming?.socket?.remoteAddress ?? 'unknown';
  const forwarded = isLoopback(connected)
    ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    : undefined;
  return nameNetwork(forwarded === undefined || forwarded === '' ? connected : forwarded.slice(0, 64));
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\.|^::1$/i.test(address);
}

function nameNetwork(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}
