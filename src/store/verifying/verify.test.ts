import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../../tests/factories/ledger-world.ts';
import { planDigests } from '../../alerts/plan-digests.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import type { Database } from '../database.ts';
import { createDigestLedger } from '../digests.ts';
import { watchWrittenSource, writeSource } from '../scanning.fixture.ts';
import { createSubscriptionStore } from '../subscriptions.ts';
import { verifyChanges } from './verify-changes.ts';
import { verifyLedger } from './verify-ledger.ts';
import { verifyRevisions } from './verify-revisions.ts';

const quietly = () => {};

/** Two articles, one of them in three revisions. */
async function fillArchive(database: Database): Promise<void> {
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(database, written);
  for (const step of ['First step.', 'Second step.', 'Third step.']) {
    written.show({ a: `# Printing fails\n\n${'Many words. '.repeat(40)}${step}`, b: '# B\n\nNothing new.' });
    await scanner.scan(source);
  }
}

/** Flips one bit in the middle of a content, as a disk does. */
async function flipBit(
  { db }: Database,
  table: 'newest_contents' | 'revision_deltas',
  article: number,
): Promise<void> {
  const row = await db
    .selectFrom(table)
    .select('content')
    .where('article_id', '=', article)
    .executeTakeFirstOrThrow();
  const content = Buffer.from(row.content);
  const middle = Math.floor(content.length / 2);
  content[middle] = (content[middle] ?? 0) ^ 1;
  await db.updateTable(table).set({ content }).where('article_id', '=', article).execute();
}

describeOnBothDatabases('verify', (databases) => {
  test('finds nothing where all is as it was kept', async () => {
    const database = await databases.open();
    await fillArchive(database);
    const progress: string[] = [];
    const revisions = await verifyRevisions(database, (subject, done, total) =>
      progress.push(`${subject} ${done}/${total}`),
    );
    expect(revisions).toEqual({ subject: 'revisions', checked: 4, wrong: 0, faults: [] });
    expect(progress).toEqual(['revisions 2/2']);
    expect(await verifyChanges(database, quietly)).toMatchObject({ checked: 4, wrong: 0 });
    expect(await verifyLedger(database, quietly)).toMatchObject({ checked: 0, wrong: 0 });
  });

  test('finds one bit that was flipped in a revision, in the newest and in an old one', async () => {
    for (const table of ['newest_contents', 'revision_deltas'] as const) {
      const database = await databases.open();
      await fillArchive(database);
      await flipBit(database, table, 1);
      const { wrong, faults } = await verifyRevisions(database, quietly);
      expect(wrong).toBeGreaterThan(0);
      expect(faults.join(' ')).toMatch(/Revision \d of article 1 /);
      expect(faults.join(' ')).not.toContain('article 2');
    }
  });

  test('finds a text that was swapped for another whole one', async () => {
    const database = await databases.open();
    await fillArchive(database);
    const { content } = await database.db
      .selectFrom('newest_contents')
      .select('content')
      .where('article_id', '=', 2)
      .executeTakeFirstOrThrow();
    await database.db.updateTable('newest_contents').set({ content }).where('article_id', '=', 1).execute();
    const { faults } = await verifyRevisions(database, quietly);
    expect(faults).toContain('Revision 3 of article 1 is not the text that was captured.');
  });

  test('finds a revision that is missing', async () => {
    const database = await databases.open();
    await fillArchive(database);
    await database.db.deleteFrom('revisions').where('article_id', '=', 1).where('number', '=', 2).execute();
    const { faults } = await verifyRevisions(database, quietly);
    expect(faults).toContain('Article 1 should have the revisions 1 to 3, and has not.');
    const changes = await verifyChanges(database, quietly);
    expect(changes.faults.join(' ')).toContain('names a revision that is not kept');
  });

  test('finds topics and technologies that do not follow from their changes', async () => {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    const parent = await world.addTechnology('Exchange');
    const child = await world.addTechnology('Exchange Online', parent);
    const articleId = await world.addArticle();
    await database.db
      .insertInto('revisions')
      .values({
        article_id: articleId,
        number: 1,
        captured_at: 0,
        title: null,
        content_hash: Buffer.alloc(32),
      })
      .execute();
    await world.recordChange({ articleId, technologies: [child, parent] });
    const lost = await world.recordChange({ articleId, technologies: [child, parent] });
    const extra = await world.recordChange({ articleId, technologies: [child] });
    await sql`delete from alert_topics where change_id = ${lost} and topic_kind = 'article'`.execute(
      database.db,
    );
    const { checked, faults } = await verifyChanges(database, quietly);
    expect(checked).toBe(3);
    expect(faults).toEqual([
      `Change ${lost} would not be told to all who follow it: its topics are not what follows from it.`,
      `Change ${extra} lacks the technology "Exchange", which is above one of its own.`,
    ]);
  });

  test('finds what is wrong in the chain of digests', async () => {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    const technology = await world.addTechnology('Teams');
    const account = await world.addAccount();
    await createSubscriptionStore(database).follow({
      accountId: account,
      followed: { kind: 'technology', technologyId: technology },
      threshold: 'material',
      now: asId<Instant>(0),
    });
    const ledger = createDigestLedger(database);
    for (let day = 1; day <= 2; day++) {
      await world.recordChange({ articleId: await world.addArticle(), technologies: [technology] });
      await planDigests({ ledger, clock: { now: () => asId<Instant>(day * 86_400_000 + 8 * 3_600_000) } });
      await database.db.updateTable('deliveries').set({ state: 'void', ended_at: 1 }).execute();
    }
    expect(await verifyLedger(database, quietly)).toMatchObject({ checked: 2, wrong: 0 });

    await database.db.updateTable('digests').set({ local_date: '1960-01-01' }).where('id', '=', 2).execute();
    await sql`delete from digest_changes where digest_id = 2`.execute(database.db);
    await database.db.deleteFrom('deliveries').where('digest_id', '=', 1).execute();
    const { faults } = await verifyLedger(database, quietly);
    expect(faults).toEqual([
      'Digest 1 has no delivery.',
      'Digest 2 tells nothing.',
      'Digest 2 is of 1960-01-01, which is not the date of its instant in UTC.',
      'Digest 2 does not come after the one before it.',
    ]);
  });
});
