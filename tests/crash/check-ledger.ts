import { createHash } from 'node:crypto';
import { leastGapMs, localDateAt } from '../../src/alerts/calendar.ts';
import { asId } from '../../src/knowledge/ids.ts';
import type { Database } from '../../src/store/database.ts';
import { unpackMessage } from '../../src/store/deliveries-message.ts';
import type { Acceptance } from './smtp-sink.ts';

/** What each account has to be told: change ids. */
export type Expectation = ReadonlyMap<number, ReadonlySet<number>>;

export type Verdict = {
  /** Plain sentences; empty: the ledger kept its promise. */
  readonly violations: readonly string[];
  readonly digests: number;
  /** Digests that ended without a message, since everything in them was undone. */
  readonly voids: number;
  readonly told: number;
  readonly acceptances: number;
  /** Acceptances beyond the first of a message: its connection was open when its worker died. */
  readonly doubled: number;
  /** Attempts of which nobody could write down how they ended: as many messages may have arrived once more. */
  readonly cutOff: number;
};

/** Compares what had to be told with the ledger, and the ledger with what the mail server took. */
export async function checkLedger(
  { db }: Database,
  expected: Expectation,
  acceptances: readonly Acceptance[],
  { looksForTitles }: { readonly looksForTitles: boolean },
): Promise<Verdict> {
  const violations: string[] = [];
  const digests = await db
    .selectFrom('digests')
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .innerJoin('accounts', 'accounts.id', 'digests.account_id')
    .leftJoin('delivery_messages', 'delivery_messages.delivery_id', 'deliveries.id')
    .select(['digests.id', 'digests.account_id', 'local_date', 'digests.time_zone', 'planned_at'])
    .select(['deliveries.id as delivery_id', 'deliveries.state', 'message_id', 'content', 'accounts.address'])
    .orderBy('digests.account_id')
    .orderBy('planned_at')
    .execute();
  const told = await db
    .selectFrom('digest_changes')
    .innerJoin('digests', (join) =>
      join
        .onRef('digests.id', '=', 'digest_changes.digest_id')
        .onRef('digests.account_id', '=', 'digest_changes.account_id'),
    )
    .innerJoin('changes', 'changes.id', 'digest_changes.change_id')
    .innerJoin('articles', 'articles.id', 'changes.article_id')
    .select(['digest_changes.account_id', 'change_id', 'digest_id', 'articles.title'])
    .execute();

  checkTold(told, expected, violations);
  for (const [account, ofAccount] of Map.groupBy(digests, (digest) => digest.account_id)) {
    checkDates(account, ofAccount, violations);
  }
  const attempts = await db.selectFrom('delivery_attempts').selectAll().execute();
  const attemptsOf = Map.groupBy(attempts, (attempt) => attempt.delivery_id);
  const acceptancesOf = Map.groupBy(acceptances, (acceptance) => acceptance.messageId);
  const titlesOf = Map.groupBy(told, (row) => row.digest_id);
  const cutOff = attempts.filter((attempt) => attempt.outcome === null).length;
  let [doubled, voids] = [0, 0];
  for (const digest of digests) {
    const name = `digest ${digest.id} of account ${digest.account_id}`;
    if (digest.state === 'void') {
      voids += 1;
      continue;
    }
    if (digest.state !== 'accepted') violations.push(`${name} ended as ${digest.state}`);
    const taken = acceptancesOf.get(digest.message_id ?? '') ?? [];
    acceptancesOf.delete(digest.message_id ?? '');
    if (taken.length === 0) violations.push(`${name} never reached the mail server`);
    doubled += Math.max(0, taken.length - 1);
    const mayHaveArrived = (attemptsOf.get(digest.delivery_id) ?? []).filter(
      ({ outcome }) => outcome === null || outcome === 'accepted',
    );
    if (taken.length > Math.max(1, mayHaveArrived.length)) {
      violations.push(`${name} arrived ${taken.length} times in ${mayHaveArrived.length} attempts`);
    }
    const kept = digest.content && createHash('sha256').update(unpackMessage(digest.content)).digest('hex');
    if (taken.some((one) => one.hash !== kept)) violations.push(`${name} arrived with other bytes than kept`);
    if (taken.some((one) => one.recipient !== digest.address))
      violations.push(`${name} went to somebody else`);
    const text = taken[0]?.text;
    if (looksForTitles && text !== undefined) {
      const missing = (titlesOf.get(digest.id) ?? []).filter(({ title }) => !text.includes(title)).length;
      const [, inMail, inJson] = /^And ([\d,]+) more on the site:|"leftOut":(\d+)/m.exec(text) ?? [];
      const leftOut = Number((inMail ?? inJson ?? '0').replace(',', ''));
      if (missing !== leftOut) violations.push(`${name} lacks ${missing} articles and says ${leftOut}`);
    }
  }
  for (const messageId of acceptancesOf.keys()) violations.push(`no digest has the message ${messageId}`);
  const [counted, arrived] = [digests.length, acceptances.length];
  return { violations, digests: counted, voids, told: told.length, acceptances: arrived, doubled, cutOff };
}

function checkTold(
  told: readonly { account_id: number; change_id: number }[],
  expected: Expectation,
  violations: string[],
): void {
  const toldTo = Map.groupBy(told, (row) => row.account_id);
  for (const [account, changes] of expected) {
    const ids = (toldTo.get(account) ?? []).map((row) => row.change_id);
    const set = new Set(ids);
    if (set.size !== ids.length) violations.push(`account ${account} was told a change twice`);
    for (const id of changes.difference(set)) violations.push(`change ${id} was lost for account ${account}`);
    for (const id of set.difference(changes)) violations.push(`change ${id} is none of account ${account}'s`);
  }
}

function checkDates(
  account: number,
  digests: readonly { local_date: string; time_zone: string; planned_at: number }[],
  violations: string[],
): void {
  for (const [n, digest] of digests.entries()) {
    const before = digests[n - 1];
    if (localDateAt(asId(digest.planned_at), digest.time_zone) !== digest.local_date) {
      violations.push(`account ${account}: ${digest.local_date} is not the date of its instant`);
    }
    if (before && digest.local_date <= before.local_date) {
      violations.push(`account ${account} has two digests for ${digest.local_date}`);
    }
    if (before && digest.planned_at - before.planned_at < leastGapMs) {
      violations.push(`account ${account} has two digests within 20 hours`);
    }
  }
}
