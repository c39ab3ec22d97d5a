import { createPasskeys } from '../accounts/passkeys/create-passkeys.ts';
import type { AccountPorts } from '../accounts/ports.ts';
import type { Database } from '../store/database.ts';
import { createPasskeyStore } from '../store/passkeys.ts';
import type { Config } from './config.ts';
import { createPasskeyCeremonies } from './passkey-ceremonies.ts';

/** The ways to sign in beside mailed links and passwords. */
export function composeSignIn(parts: {
  readonly config: Pick<Config, 'publicUrl'>;
  readonly database: Database;
  readonly ports: AccountPorts;
}) {
  const { config, database, ports } = parts;
  const ceremonies = createPasskeyCeremonies(config.publicUrl);
  return {
    passkeys:
      ceremonies === null
        ? null
        : createPasskeys({ ...ports, passkeys: createPasskeyStore(database), ceremonies }),
  };
}
