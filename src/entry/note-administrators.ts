import type { AccountStore } from '../accounts/account-store.ts';
import type { createMailer } from '../delivery/notices/create-mailer.ts';
import type { AdministratorNote } from '../delivery/notices/notice-wording.ts';
import type { AccountId } from '../knowledge/ids.ts';

const pageSize = 500;

/** Mails every confirmed administrator a note. */
export async function noteAdministrators(
  parts: {
    readonly accounts: Pick<AccountStore, 'listAccounts'>;
    readonly mailer: ReturnType<typeof createMailer>;
  },
  note: Omit<AdministratorNote, 'kind'>,
): Promise<void> {
  const { accounts, mailer } = parts;
  for (let after: AccountId | null = null; ; ) {
    const page: Awaited<ReturnType<typeof accounts.listAccounts>> = await accounts.listAccounts({
      limit: pageSize,
      after,
    });
    for (const account of page) {
      if (account.role !== 'administrator' || account.confirmedAt === null) continue;
      const notice = { kind: 'administrator-note', ...note } as const;
      await mailer.queueNotice({ accountId: account.id, address: account.address, notice });
    }
    after = page.at(-1)?.id ?? null;
    if (page.length < pageSize) return;
  }
}
