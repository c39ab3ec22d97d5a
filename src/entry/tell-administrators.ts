import type { AccountId, Instant } from '../knowledge/ids.ts';
import type { Source } from '../knowledge/source.ts';
import type { Parts } from './compose.ts';

const pageSize = 500;

/** Mails every confirmed administrator that a source fails, since when and why, and what to do. */
export async function tellAdministrators(
  { accounts, archive, mailer, config }: Pick<Parts, 'accounts' | 'archive' | 'mailer' | 'config'>,
  source: Source,
  failingSince: Instant,
): Promise<void> {
  const [last] = await archive.listScans({ sourceId: source.id, limit: 1 });
  const since = new Date(failingSince).toISOString().slice(0, 10);
  for (let after: AccountId | null = null; ; ) {
    const page: Awaited<ReturnType<typeof accounts.listAccounts>> = await accounts.listAccounts({
      limit: pageSize,
      after,
    });
    for (const account of page) {
      if (account.role !== 'administrator' || account.confirmedAt === null) continue;
      await mailer.queueNotice({
        accountId: account.id,
        address: account.address,
        notice: {
          kind: 'administrator-note',
          subject: `${source.title} could not be scanned since ${since}`,
          paragraphs: [
            `The source "${source.name}" could not be read since ${since}. All its articles are kept, and it is tried again.`,
            last?.problem ?? 'No reason was kept.',
          ],
          link: `${config.publicUrl}/admin/sources/${source.name}`,
        },
      });
    }
    after = page.at(-1)?.id ?? null;
    if (page.length < pageSize) return;
  }
}
