import type { Account } from './account.ts';
import { type BadAddress, parseAddress } from './address.ts';
import { confirmAccount } from './confirm-address.ts';
import type { AccountPorts } from './ports.ts';
import { insertReader } from './sign-up.ts';

/**
 * Confirms the account of an address without a letter, making it if there is none: for whoever runs the program and
 * knows that the address belongs to the one who asked.
 */
export async function vouchForAccount(
  ports: Pick<AccountPorts, 'accounts' | 'secrets' | 'digestTimes' | 'clock'>,
  request: { readonly address: string },
): Promise<{ kind: 'vouched'; account: Account } | BadAddress> {
  const parsed = parseAddress(request.address);
  if (parsed.kind === 'bad-address') return parsed;
  const known = await insertReader(ports, parsed, undefined);
  if (known === null) return { kind: 'bad-address', sentence: 'This address is the mailbox of a team.' };
  const account = known.confirmedAt === null ? await confirmAccount(ports, known) : known;
  if (account === null) throw new Error('The account vanished while it was being confirmed.');
  return { kind: 'vouched', account };
}
