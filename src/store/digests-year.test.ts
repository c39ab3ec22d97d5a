import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { misplan } from '../../tests/crash/wrong-policies.ts';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { checkYear, type YearDigest, type YearRecord } from '../../tests/factories/check-year.ts';
import { aYear, liveYear, type PlanYear } from '../../tests/factories/simulated-year.ts';
import { sizes } from '../../tests/sizes.ts';
import type { DigestLedger } from '../alerts/digest-ledger.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { asId, type ChangeId } from '../knowledge/ids.ts';
import { type Database, openDatabase } from './database.ts';
import { createDigestLedger } from './digests.ts';
import { migrate } from './migrate.ts';

const hourMs = 3_600_000;
const longRuns = Number(process.env.KBALERTZ_SIMULATIONS ?? 1);
const isLong = process.env.KBALERTZ_SIMULATIONS !== undefined;
const seed = Number(process.env.KBALERTZ_SEED ?? (isLong ? Math.floor(Math.random() * 2 ** 31) : 1303796880));

describeOnBothDatabases('a simulated year', (databases) => {
  test('across time zones has every change in one digest, one a day, and none too late', {
    timeout: 900_000 * longRuns,
  }, async () => {
    const found = await databases.locate();
    // A busy machine may be long in planning while a late commit waits.
    const location = 'url' in found ? { ...found, mostIdleMs: 3_600_000 } : found;
    const [first, second] = [openDatabase(location), openDatabase(location)];
    await makeHasty([first, second]);
    const ledgers = [createDigestLedger(first), createDigestLedger(second)];
    const startMs = performance.now();
    const sums = { digests: 0, told: 0, foretold: 0, undone: 0 };
    const zones = new Set<string>();
    const run = await fc.check(
      fc.asyncProperty(aYear, async (whole) => {
        // PostgreSQL takes long: it has the weeks of spring in which most clocks are changed.
        const days = isLong ? 365 : first.kind === 'sqlite' ? sizes.simulatedDays : 45;
        const year = days < 365 ? { ...whole, month: 2, days } : whole;
        const { record, digests } = await liveYear(first, year, planWith(ledgers));
        const { violations, ...report } = await checkYear(record, digests);
        expect(violations.slice(0, 20)).toEqual([]);
        for (const { timeZone } of digests) zones.add(timeZone);
        sums.digests += digests.length;
        sums.told += report.told;
        sums.foretold += report.foretold;
        sums.undone += report.undone;
        if (sums.told === report.told) await expectTamperingNoticed(record, digests);
      }),
      { numRuns: longRuns, seed, endOnFailure: true },
    );
    // Without the year itself, which is long: the seed makes it again.
    if (run.failed) throw new Error(`failed with KBALERTZ_SEED=${seed}`, { cause: run.errorInstance });
    await first.close();
    await second.close();
    const seconds = Math.round((performance.now() - startMs) / 1000);
    console.info(`a simulated year, ${first.kind}, KBALERTZ_SEED=${seed}:`, {
      ...sums,
      zones: zones.size,
      seconds,
    });
    for (const sum of [sums.digests, sums.told, sums.foretold]) expect(sum).toBeGreaterThan(10);
  });
});

describe('the checker of a simulated year', () => {
  const live = async (wrong: (right: DigestLedger, database: Database) => DigestLedger) => {
    const database = openDatabase({ file: ':memory:' });
    await migrate(database);
    const [year] = fc.sample(aYear, { numRuns: 1, seed });
    if (year === undefined) throw new Error('no year');
    const short = { ...year, days: 45 };
    const plan = planWith([wrong(createDigestLedger(database), database)]);
    const { record, digests } = await liveYear(database, short, plan);
    await database.close();
    return (await checkYear(record, digests)).violations.join('\n');
  };

  test('finds nothing in a short time of the real ledger', async () => {
    expect(await live((right) => right)).toBe('');
  });

  test('notices a cursor that is moved on reading, before what was read is written down', async () => {
    let claims = 0;
    const found = await live((right, database) => ({
      ...right,
      async claimDigests(request) {
        try {
          return await misplan(database, request, () => {
            if (++claims % 20 === 0) throw new Error('died');
          });
        } catch {
          return { kind: 'claimed', accounts: 0, digests: 0, changes: 0 };
        }
      },
    }));
    expect(found).toMatch(/change \d+ left out/);
    expect(found).toMatch(/change \d+ was due and is not told for days/);
  });

  test('notices days that are counted by UTC', async () => {
    const found = await live((right) => ({
      ...right,
      claimDigests: ({ decide, ...request }) =>
        right.claimDigests({ ...request, decide: (account) => decide({ ...account, timeZone: 'UTC' }) }),
    }));
    expect(found).toMatch(/not the local date in/);
  });

  test('notices a turn that is put off by some hours', async () => {
    const found = await live((right) => ({
      ...right,
      claimDigests: ({ decide, ...request }) =>
        right.claimDigests({
          ...request,
          decide(account) {
            const turn = decide(account);
            return turn.kind === 'wait' ? turn : { ...turn, nextAt: asId(turn.nextAt + 9 * hourMs) };
          },
        }),
    }));
    expect(found).toMatch(/was due at/);
  });
});

/** Each promise broken by hand in what the year made. */
async function expectTamperingNoticed(record: YearRecord, digests: readonly YearDigest[]): Promise<void> {
  const some = digests.find((digest) => digest.changes.length > 2);
  if (some === undefined) throw new Error('no digest with several changes');
  const ofReader = digests.filter((digest) => digest.account === some.account && digest !== some);
  const year = { ...record, accounts: record.accounts.filter((account) => account.id === some.account) };
  const find = async (changed: readonly YearDigest[]) =>
    (await checkYear(year, [...ofReader, ...changed])).violations.join('\n');
  const { changes, plannedAt } = some;
  const later = plannedAt + hourMs;
  const [half, rest] = [changes.slice(0, 1), changes.slice(1)];
  const strange = record.changes.find((change) => !change.alerts)?.id ?? asId<ChangeId>(0);
  expect(await find([])).toMatch(/left out|not told for days/);
  expect(await find([{ ...some, changes: rest }])).toContain(`change ${half[0]} left out`);
  expect(await find([{ ...some, changes: [...changes, ...half] }])).toContain('told twice');
  expect(await find([{ ...some, changes: [...changes, strange] }])).toContain('does not follow');
  expect(await find([{ ...some, changes: [] }])).toContain('an empty digest');
  expect(await find([some, { ...some, plannedAt: later }])).toContain('a second digest on');
  expect(await find([some, { ...some, plannedAt: later }])).toContain('less than 20 hours after another');
}

function planWith(ledgers: readonly DigestLedger[]): PlanYear {
  return (now, schedulers) =>
    Promise.all(
      ledgers
        .slice(0, schedulers)
        .map((ledger) =>
          planDigests({ ledger, clock: { now: () => asId(now) }, batch: schedulers > 1 ? 5 : 500 }),
        ),
    );
}

/** Without waiting for the disk: what a power cut takes is not simulated here. */
async function makeHasty(all: readonly Database[]): Promise<void> {
  for (const { kind, db } of all) if (kind === 'sqlite') await sql`pragma synchronous = off`.execute(db);
}
