import type { Account } from '../accounts/account.ts';
import type { AccountId } from '../knowledge/ids.ts';
import type { Trouble } from '../store/troubles.ts';
import type { Parts } from './compose.ts';
import { findTroubles } from './monitoring/find-troubles.ts';

const pageSize = 500;

/**
 * Looks for what has to be mended and mails it to the administrators, with the manners of a digest: at most one such
 * mail a day for each, and only when there is something that they were not told. What ended and comes again is new.
 */
export async function tellAdministrators(
  parts: Pick<
    Parts,
    'accounts' | 'archive' | 'mailer' | 'returned' | 'config' | 'clock' | 'facts' | 'troubles'
  >,
): Promise<void> {
  const { accounts, mailer, config, clock, troubles } = parts;
  await troubles.recordTroubles(clock.now(), await findTroubles(parts));
  for await (const { id, address } of listAdministrators(accounts)) {
    const mail = await troubles.claimMail(id, clock.now());
    if (mail === null) continue;
    await mailer.queueNotice({
      accountId: id,
      address,
      notice: {
        kind: 'administrator-note',
        ...wordTroubles(mail),
        link: `${config.publicUrl}${isAllAboutMail(mail.fresh) ? '/admin/deliveries' : '/admin/sources'}`,
      },
    });
    // After the mail is on disk: a crash in between tells it again on another day, and never loses it.
    await troubles.markTold(id, mail.fresh);
  }
}

async function* listAdministrators(accounts: Parts['accounts']): AsyncGenerator<Account> {
  for (let after: AccountId | null = null; ; ) {
    const page: Account[] = [...(await accounts.listAccounts({ limit: pageSize, after }))];
    yield* page.filter((account) => account.role === 'administrator' && account.confirmedAt !== null);
    after = page.at(-1)?.id ?? null;
    if (page.length < pageSize) return;
  }
}

const isAllAboutMail = (troubles: readonly Trouble[]) =>
  troubles.every(({ name }) => /^(domain-paused|letters-stuck)/.test(name));

function wordTroubles({ fresh, known }: { fresh: readonly Trouble[]; known: readonly Trouble[] }) {
  const [first] = fresh;
  const head = first?.sentence.split(/(?<=[.!?:,]) /)[0]?.replace(/[.,:]$/, '') ?? '';
  return {
    subject: fresh.length === 1 ? head : `${fresh.length} things need your attention`,
    paragraphs: [
      ...fresh.map(({ sentence }) => sentence),
      ...(known.length > 0
        ? [`Still so, and told before: ${known.map(({ sentence }) => sentence).join(' ')}`]
        : []),
      'You get at most one such mail a day. "kbalertz doctor" tells more.',
    ],
  };
}
