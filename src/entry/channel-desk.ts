import type { Accounts } from '../accounts/accounts.ts';
import { CommandError } from '../cli/command-error.ts';
import type { ChannelDesk } from '../cli/workplace.ts';
import { type AccountId, asId, type ChannelId } from '../knowledge/ids.ts';
import type { ChannelAdministration } from '../web/channel-ports.ts';

/** What an operator does with the channels of accounts on the command line. Throws CommandError. */
export function createChannelDesk(parts: {
  readonly accounts: Pick<Accounts, 'findAccountByAddress'>;
  readonly channels: ChannelAdministration;
  /** Removes all channels besides mail, and lets another key be made. */
  readonly forgetKey: () => Promise<number>;
}): ChannelDesk {
  const { accounts, channels, forgetKey } = parts;
  const find = async (address: string): Promise<AccountId> => {
    const account = await accounts.findAccountByAddress(address);
    if (account === null) {
      throw new CommandError(`There is no account for ${address}. "kbalertz user list" shows all.`);
    }
    return account.id;
  };
  const missing = (address: string, id: number) =>
    new CommandError(`${address} has no channel ${id}. "kbalertz channel list ${address}" shows all.`);

  return {
    async list(address) {
      const accountId = await find(address);
      const all = await channels.listChannels(accountId);
      return {
        takesMail: await channels.takesMail(accountId),
        channels: all.map(({ id, name, target, state, problem }) => ({
          id,
          kind: target.kind,
          name,
          host: new URL(target.url).host,
          state,
          problem,
        })),
      };
    },
    async add(address, { kind, name, url }) {
      const added = await channels.addChannel(await find(address), { kind, name, url });
      if (added.kind === 'refused') throw new CommandError(added.sentence);
      return { id: added.channel.id, secret: added.secret };
    },
    async test(address, id) {
      const tested = await channels.testChannel(await find(address), asId<ChannelId>(id));
      if (tested === null) throw missing(address, id);
      if (tested.kind === 'refused') throw new CommandError(tested.sentence);
    },
    async remove(address, id) {
      const accountId = await find(address);
      if (id === 'mail') await channels.chooseMail(accountId, false);
      else if (!(await channels.removeChannel(accountId, asId<ChannelId>(id)))) throw missing(address, id);
    },
    forgetKey,
  };
}
