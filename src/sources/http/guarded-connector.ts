import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { type AddressPolicy, bareHost, isPublicAddress } from './check-address.ts';

/** Names to addresses; tests give one that lies. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export const resolveBySystem: ResolveHost = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map((found) => found.address);

/** The host's address may not be connected to. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  readonly code = 'forbidden-address';
}

/**
 * A connector that resolves once, checks every address, and connects to exactly the one that it checked: a second
 * look-up, where a rebinding resolver would answer differently, does not happen. One forbidden address among
 * several refuses the host.
 */
export function createGuardedConnector(options: {
  policy: AddressPolicy;
  resolveHost: ResolveHost;
  connectTimeoutMs: number;
}): buildConnector.connector {
  const connect = buildConnector({ timeout: options.connectTimeoutMs, allowH2: false });

  return (target, callback) => {
    const host = bareHost(target.hostname);
    chooseAddress(host, target.port || (target.protocol === 'https:' ? '443' : '80')).then(
      (address) => {
        const servername = isIP(host) ? {} : { servername: target.servername ?? host };
        connect({ ...target, hostname: address, ...servername }, (error, socket) => {
          if (error !== null) return callback(error, null);
          if (!isSameAddress(socket.remoteAddress, address)) {
            socket.destroy();
            return callback(new ForbiddenAddressError(`${host} connected elsewhere than checked`), null);
          }
          return callback(null, socket);
        });
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };

  async function chooseAddress(host: string, port: string): Promise<string> {
    const addresses = isIP(host) ? [host] : await options.resolveHost(host);
    const [first] = addresses;
    if (first === undefined) throw new ForbiddenAddressError(`${host} has no address`);
    const isNamed = [host, `${host}:${port}`].some((name) => options.policy.allowedHosts.includes(name));
    const forbidden = isNamed ? undefined : addresses.find((address) => !isPublicAddress(address));
    if (forbidden !== undefined) {
      throw new ForbiddenAddressError(`${host} resolves to ${forbidden}, which is not a public address`);
    }
    // IPv4 first: where a machine has no IPv6 route the first answer would cost the whole time-out.
    return addresses.find((address) => isIP(address) === 4) ?? first;
  }
}

function isSameAddress(connected: string | undefined, checked: string): boolean {
  if (connected === undefined) return false;
  const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '');
  if (plain(connected) === plain(checked)) return true;
  return new URL(`http://[${connected}]`).hostname === new URL(`http://[${checked}]`).hostname;
}
