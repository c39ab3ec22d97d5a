import { z } from 'zod';
import type { Account } from '../account.ts';
import { parseAddress } from '../address.ts';
import type { AuditEntry } from '../audit.ts';
import { confirmAccount } from '../confirm-address.ts';
import { issueToken } from '../issue-token.ts';
import { insertReader, mayCauseLetter, signUp } from '../sign-up.ts';
import { type ProviderPorts, recallBegun } from './begin-at-provider.ts';
import type { ProvenIdentity, ProviderFailure } from './identity.ts';

export type FinishedAtProvider =
  | {
      readonly kind: 'signed-in';
      readonly account: Account;
      readonly next: string | null;
      readonly first: boolean;
    }
  | { readonly kind: 'linked'; readonly next: string | null }
  /** A letter is on its way; its link finishes what the provider alone may not. */
  | { readonly kind: 'mailed'; readonly address: string }
  | { readonly kind: 'taken' }
  | { readonly kind: 'expired' }
  | ProviderFailure;

/**
 * Takes who comes back from the provider. A known identity signs in its account. An unknown one with an address that
 * the provider proved makes a confirmed account, unless the address has one: then a mailed link must be used first.
 * An address that the provider did not prove is worth no more than one that somebody typed.
 */
export async function finishAtProvider(
  ports: ProviderPorts,
  request: {
    readonly secret: string;
    readonly callbackUrl: string;
    /** Who is signed in in this browser. */
    readonly visitor: Account | null;
  },
): Promise<FinishedAtProvider> {
  const begun = await recallBegun(ports, request.secret);
  if (begun === null) return { kind: 'expired' };
  const { callbackUrl, visitor } = request;
  const proven = await ports.provider.finish({ callbackUrl, checks: begun.checks });
  if (proven.kind === 'failed') return proven;
  const now = ports.clock.now();

  if (begun.accountId !== null) {
    if (visitor?.id !== begun.accountId) return { kind: 'expired' };
    const isBound = await bind(ports, visitor, describe(ports, proven));
    return isBound ? { kind: 'linked', next: begun.next } : { kind: 'taken' };
  }
  const identity = await ports.identities.findIdentity(ports.provider.issuer, proven.subject);
  if (identity !== null) {
    const account = await ports.accounts.findAccount(identity.accountId);
    if (account === null) return { kind: 'expired' };
    await ports.identities.keepIdentityUse(identity.issuer, identity.subject, now);
    return { kind: 'signed-in', account, next: begun.next, first: false };
  }
  return greetStranger(ports, proven, begun.next);
}

async function greetStranger(
  ports: ProviderPorts,
  proven: ProvenIdentity,
  next: string | null,
): Promise<FinishedAtProvider> {
  const parsed = parseAddress(proven.address ?? '');
  if (parsed.kind === 'bad-address') {
    return {
      kind: 'failed',
      sentence: `${ports.provider.name} gave us no address that mail can go to. Sign up with your address, then add ${ports.provider.name} under Account, Signing in.`,
    };
  }
  if (!proven.isAddressVerified) {
    await signUp(ports, { address: parsed.address });
    return { kind: 'mailed', address: parsed.address };
  }
  const known = await ports.accounts.findAccountByKey(parsed.key);
  if (known !== null) {
    await mailLinkThatBinds(ports, known, proven);
    return { kind: 'mailed', address: parsed.address };
  }
  const made = await insertReader(ports, parsed, undefined);
  const account = made && (await confirmAccount(ports, made));
  if (account === null || !(await bind(ports, account, describe(ports, proven), { tells: false }))) {
    return { kind: 'expired' };
  }
  return { kind: 'signed-in', account, next, first: true };
}

type Described = { readonly issuer: string; readonly subject: string; readonly label: string };

function describe(ports: Pick<ProviderPorts, 'provider'>, proven: ProvenIdentity): Described {
  const label = (proven.address ?? proven.name ?? proven.subject).slice(0, 200);
  return { issuer: ports.provider.issuer, subject: proven.subject, label };
}

/** To the address of the account, not to the one that came from the provider, though they are the same mailbox. */
async function mailLinkThatBinds(ports: ProviderPorts, account: Account, proven: ProvenIdentity) {
  const key = parseAddress(account.address);
  if (key.kind === 'bad-address' || !(await mayCauseLetter(ports, 'sign-in-letters', key.key))) return;
  const payload = JSON.stringify({ identity: describe(ports, proven) });
  const now = ports.clock.now();
  const token = await issueToken(ports, { purpose: 'sign-in', accountId: account.id, payload, now });
  await ports.mailer.queueNotice({
    accountId: account.id,
    address: account.address,
    notice: {
      kind: 'connect-provider',
      provider: ports.provider.name,
      link: ports.links.signIn(token.secret),
      expiresAt: token.expiresAt,
    },
  });
}

const binding = z.object({
  identity: z.object({ issuer: z.string(), subject: z.string(), label: z.string() }),
});

/** What a used link of that letter carries: the identity is bound to the account that the link proved. */
export async function bindByLink(ports: ProviderPorts, account: Account, payload: string): Promise<boolean> {
  if (!payload.startsWith('{')) return false;
  const parsed = binding.safeParse(JSON.parse(payload));
  return parsed.success && (await bind(ports, account, parsed.data.identity));
}

/** False when the identity belongs to an account already. */
async function bind(
  ports: ProviderPorts,
  account: Account,
  identity: Described,
  { tells = true } = {},
): Promise<boolean> {
  const now = ports.clock.now();
  const row = { ...identity, accountId: account.id, createdAt: now, usedAt: now };
  const isLinked = await ports.audit.recordAct(
    () => ports.identities.insertIdentity(row),
    (done) => (done ? tellAct(ports, account, 'identity.linked') : null),
  );
  if (!isLinked) return false;
  if (tells) {
    await tellOwner(
      ports,
      account,
      `${ports.provider.name} (${identity.label}) can sign you in from now on.`,
    );
  }
  return true;
}

/** The provider does not sign the account in any more; the mailed link always does. */
export async function unlinkIdentity(
  ports: ProviderPorts,
  account: Account,
  subject: string,
): Promise<boolean> {
  const { issuer, name } = ports.provider;
  const isUnlinked = await ports.audit.recordAct(
    () => ports.identities.deleteIdentity(account.id, issuer, subject),
    (done) => (done ? tellAct(ports, account, 'identity.unlinked') : null),
  );
  if (!isUnlinked) return false;
  await tellOwner(ports, account, `${name} does not sign you in any more.`);
  return true;
}

function tellAct(
  { provider }: Pick<ProviderPorts, 'provider'>,
  { id }: Account,
  action: 'identity.linked' | 'identity.unlinked',
): AuditEntry {
  const detail = { issuer: provider.issuer };
  return { actor: { kind: 'account', id }, action, subject: `account:${id}`, detail };
}

async function tellOwner(ports: ProviderPorts, account: Account, what: string): Promise<void> {
  const { id: accountId, address, confirmedAt } = account;
  if (confirmedAt === null) return;
  await ports.mailer.queueNotice({ accountId, address, notice: { kind: 'sign-in-method-changed', what } });
}
