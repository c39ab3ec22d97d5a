import type { Account } from '../account.ts';
import { beginAtProvider, type ProviderPorts } from './begin-at-provider.ts';
import { bindByLink, finishAtProvider, unlinkIdentity } from './finish-at-provider.ts';

/** All that can be done with a provider, on given ports. */
export type ProviderSignIn = ReturnType<typeof createProviderSignIn>;

/** Binds the use cases of signing in by a provider to their ports; each is documented at its own function. */
export function createProviderSignIn(ports: ProviderPorts) {
  return {
    name: ports.provider.name,
    begin: (request: Parameters<typeof beginAtProvider>[1]) => beginAtProvider(ports, request),
    finish: (request: Parameters<typeof finishAtProvider>[1]) => finishAtProvider(ports, request),
    bindByLink: (account: Account, payload: string) => bindByLink(ports, account, payload),
    unlink: (account: Account, subject: string) => unlinkIdentity(ports, account, subject),
    listIdentities: (account: Account) => ports.identities.listIdentities(account.id),
  };
}
