import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type ApiToken, isLive } from '../accounts/api-tokens/api-token.ts';
import type { ApiTokens } from '../accounts/api-tokens/create-api-tokens.ts';
import { CommandError } from '../cli/command-error.ts';
import type { TokenDesk, TokenRow } from '../cli/workplace.ts';
import type { Clock } from '../knowledge/clock.ts';
import { asId } from '../knowledge/ids.ts';

const operator = { kind: 'operator' } as const;

/** What an operator does with tokens on the command line. Throws CommandError. */
export function createTokenDesk(parts: {
  readonly accounts: Pick<Accounts, 'findAccountByAddress'>;
  readonly apiTokens: ApiTokens;
  readonly clock: Clock;
}): TokenDesk {
  const { accounts, apiTokens, clock } = parts;
  const find = async (address: string): Promise<Account> => {
    const account = await accounts.findAccountByAddress(address);
    if (account) return account;
    throw new CommandError(`There is no account for ${address}. "kbalertz user list" shows all.`);
  };
  const toRow = (token: ApiToken): TokenRow => {
    const { id, name, hint, scopes, createdAt, expiresAt, usedAt, revokedAt } = token;
    const state = revokedAt !== null ? 'revoked' : isLive(token, clock.now()) ? 'works' : 'expired';
    return { id, name, hint, scopes, createdAt, expiresAt, usedAt, state };
  };
  return {
    async create(address, request) {
      const outcome = await apiTokens.createToken(await find(address), request, operator);
      if (outcome.kind === 'refused') throw new CommandError(`${outcome.sentence} Nothing was made.`);
      return { secret: outcome.secret, token: toRow(outcome.token) };
    },
    list: async (address) => (await apiTokens.listTokens((await find(address)).id)).map(toRow),
    async revoke(address, id) {
      if (await apiTokens.revokeToken((await find(address)).id, asId(id), operator)) return;
      throw new CommandError(`${address} has no token ${id} that works. "kbalertz token list" shows all.`);
    },
  };
}
