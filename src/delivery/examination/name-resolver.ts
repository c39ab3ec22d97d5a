import { Resolver } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** What the DNS says. An answer is empty where there is none; `NameServerSilent` where nobody could be asked. */
export type NameResolver = {
  /** Each record with its strings joined. */
  listTexts(name: string): Promise<string[]>;
  listMailServers(name: string): Promise<string[]>;
  /** IPv4 and IPv6. */
  listAddresses(name: string): Promise<string[]>;
  /** Names of an address. */
  listNames(address: string): Promise<string[]>;
};

/** No name server answered: nothing can be said. */
export class NameServerSilent extends Error {
  override readonly name = 'NameServerSilent';
  readonly code = 'name-server-silent';
}

const nothing = new Set(['ENODATA', 'ENOTFOUND', 'ENONAME', 'EBADNAME']);

/** Asks the system's name servers, or the given ones (`address` or `address:port`). */
export function createNameResolver(servers: readonly string[] = []): NameResolver {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  const ask = async <T>(question: () => Promise<T[]>): Promise<T[]> => {
    try {
      return await question();
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException; // what node:dns rejects with
      if (nothing.has(code)) return [];
      throw new NameServerSilent(message, { cause: error });
    }
  };
  return {
    listTexts: async (name) => (await ask(() => resolver.resolveTxt(name))).map((parts) => parts.join('')),
    listMailServers: async (name) =>
      (await ask(() => resolver.resolveMx(name)))
        .sort((a, b) => a.priority - b.priority)
        .map((server) => server.exchange),
    listAddresses: async (name) => [
      ...(await ask(() => resolver.resolve4(name))),
      ...(await ask(() => resolver.resolve6(name))),
    ],
    listNames: (address) => ask(() => resolver.resolvePtr(nameReverse(address))),
  };
}

/** The name under which an address is asked for (RFC 1035, 3.5; RFC 3596, 2.5); files of hosts are not looked at. */
function nameReverse(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return `${parsed.toString().split('.').reverse().join('.')}.in-addr.arpa`;
  const digits = Buffer.from(parsed.toByteArray()).toString('hex');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}
