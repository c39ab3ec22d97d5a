import type { AccountStore } from '../accounts/account-store.ts';
import type { ChannelStop } from '../delivery/channels/channel-worker.ts';
import type { createMailer } from '../delivery/notices/create-mailer.ts';
import type { Config } from './config.ts';

/** Mails the owner of a channel that nothing is sent there any more, why, and what to do. */
export async function tellOfStoppedChannel(
  parts: {
    readonly config: Config;
    readonly accounts: Pick<AccountStore, 'findAccount'>;
    readonly mailer: ReturnType<typeof createMailer>;
  },
  stopped: ChannelStop,
): Promise<void> {
  const { channel, state, problem } = stopped;
  const account = await parts.accounts.findAccount(channel.accountId);
  if (account === null || account.address === '') return; // a team without a mailbox: its page says so
  const host = new URL(channel.target.url).host;
  await parts.mailer.queueNotice({
    accountId: account.id,
    address: account.address,
    notice: {
      kind: 'channel-stopped',
      name: channel.name,
      host,
      because: state === 'disabled' ? 'gone' : 'failing',
      problem,
      link: `${parts.config.publicUrl}/account/channels`,
    },
  });
}
