import { once } from 'node:events';
import type { Server } from 'node:http';
import Provider from 'oidc-provider';

/** Who can sign in at the provider, by the name that is typed there. */
export type Person = { readonly email?: string; readonly email_verified?: boolean; readonly name?: string };

/** A certified OpenID Connect provider on loopback, with its own pages for signing in and consenting. */
export async function startOpenidProvider(options: {
  readonly port: number;
  readonly redirectUrl: string;
  readonly people: Readonly<Record<string, Person>>;
}): Promise<{ close(): Promise<void> }> {
  const issuer = `http://localhost:${options.port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'kbalertz',
        client_secret: 'a secret of this test',
        redirect_uris: [options.redirectUrl],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['of this test'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...options.people[id] }),
    }),
  });
  const server: Server = provider.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
