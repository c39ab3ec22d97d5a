import type { AccountId } from '../../knowledge/ids.ts';
import type { Account } from '../account.ts';
import { addPasskey, askForNewPasskey, type PasskeyPorts, removePasskey } from './add-passkey.ts';
import { askForPasskey, signInWithPasskey } from './sign-in-with-passkey.ts';

/** All that can be done with passkeys, on given ports. */
export type Passkeys = ReturnType<typeof createPasskeys>;

/** Binds the use cases of passkeys to their ports; each is documented at its own function. */
export function createPasskeys(ports: PasskeyPorts) {
  return {
    askForNewPasskey: (account: Account) => askForNewPasskey(ports, account),
    addPasskey: (account: Account, request: { response: unknown; name: string }) =>
      addPasskey(ports, account, request),
    removePasskey: (account: Account, credentialId: string) => removePasskey(ports, account, credentialId),
    listPasskeys: (id: AccountId) => ports.passkeys.listPasskeys(id),
    askForPasskey: () => askForPasskey(ports),
    signInWithPasskey: (request: { response: unknown }) => signInWithPasskey(ports, request),
  };
}
