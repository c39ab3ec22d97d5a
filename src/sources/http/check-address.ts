import ipaddr from 'ipaddr.js';

/** Where fetching may go besides the public Internet's web ports. */
export type AddressPolicy = {
  /** `host` or `host:port`, in lower case: may be in a private range, and on that port. Named by the operator. */
  readonly allowedHosts: readonly string[];
  /** Ports open for every host. */
  readonly allowedPorts: readonly number[];
};

export const publicWebOnly: AddressPolicy = { allowedHosts: [], allowedPorts: [80, 443] };

export type UrlCheck =
  | { readonly kind: 'allowed'; readonly url: URL; readonly mayBePrivate: boolean }
  | { readonly kind: 'refused'; readonly because: string };

/**
 * Judges a URL before anything is resolved: http(s) only, no credentials, an allowed port, and no address of a
 * private or special range. The URL parser has already folded the spellings of IPv4 (octal, hex, short, full-width).
 */
export function checkUrl(text: string, policy: AddressPolicy): UrlCheck {
  if (!URL.canParse(text)) return refuse(`"${text.slice(0, 200)}" is no URL`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse(`${url.protocol.slice(0, 40)} is not fetched, only http and https`);
  }
  if (url.username !== '' || url.password !== '') return refuse('a URL with a user name is not fetched');
  const host = bareHost(url.hostname);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const isNamedWithPort = policy.allowedHosts.includes(`${host}:${port}`);
  const isNamed = policy.allowedHosts.includes(host);
  if (!isNamedWithPort && !policy.allowedPorts.includes(port)) {
    return refuse(`port ${port} is not allowed for ${host}`);
  }
  const mayBePrivate = isNamedWithPort || isNamed;
  if (!mayBePrivate && ipaddr.isValid(host) && !isPublicAddress(host)) {
    return refuse(`${host} is not a public address`);
  }
  return { kind: 'allowed', url, mayBePrivate };
}

/**
 * Whether an IP literal is a global unicast address. Embedded IPv4 (mapped, compatible, NAT64, 6to4, Teredo) is
 * never public here: a gateway would carry the request to the inner address, which nobody checked.
 */
export function isPublicAddress(literal: string): boolean {
  if (!ipaddr.isValid(literal)) return false;
  const address = ipaddr.parse(literal);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return true;
  const words = ipaddr.IPv6.parse(literal).parts;
  // ::a.b.c.d, the IPv4-compatible form of RFC 4291 section 2.5.5.1, has no range of its own in the library.
  return !words.slice(0, 6).every((word) => word === 0);
}

/** A hostname as names are compared: no brackets, no trailing dot, lower case. */
export function bareHost(hostname: string): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function refuse(because: string): UrlCheck {
  return { kind: 'refused', because };
}
