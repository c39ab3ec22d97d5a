import { createPasskeys } from '../accounts/passkeys/create-passkeys.ts';
import type { AccountPorts } from '../accounts/ports.ts';
import { createProviderSignIn } from '../accounts/provider/create-provider-sign-in.ts';
import type { Database } from '../store/database.ts';
import { createIdentityStore } from '../store/identities.ts';
import { paths } from '../web/links.ts';
import type { Config } from './config.ts';
import { createOpenidProvider } from './openid-provider.ts';
import { createPasskeyCeremonies } from './passkey-ceremonies.ts';

/** The ways to sign in beside mailed links and passwords. */
export function composeSignIn(parts: {
  readonly config: Pick<Config, 'publicUrl' | 'provider'>;
  readonly database: Database;
  readonly ports: AccountPorts;
}) {
  const { config, database, ports } = parts;
  const { publicUrl } = config;
  const ceremonies = createPasskeyCeremonies(publicUrl);
  return {
    passkeys: ceremonies === null ? null : createPasskeys({ ...ports, ceremonies }),
    provider:
      config.provider === null
        ? null
        : createProviderSignIn({
            ...ports,
            identities: createIdentityStore(database),
            provider: createOpenidProvider(config.provider, {
              redirectUrl: `${publicUrl}${paths.providerCallback}`,
            }),
          }),
  };
}
