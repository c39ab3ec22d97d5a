import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { acquireLease, assertLease, nameHolder, releaseLease, renewLease } from './leases.ts';

describeOnBothDatabases('leases', (databases) => {
  const request = (holder = nameHolder()) => ({ name: 'work', holder, durationMs: 60_000 });

  test('one holder at a time, and a higher fence for each', async () => {
    const { db } = await databases.open();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => acquireLease(db, request())));
    const acquired = outcomes.flatMap((outcome) => (outcome.kind === 'acquired' ? [outcome.lease] : []));
    expect(acquired).toMatchObject([{ fence: 1 }]);
    const [lease] = acquired;
    if (!lease) return;
    expect(await renewLease(db, lease, 60_000)).toBe(true);
    await releaseLease(db, lease);
    expect(await acquireLease(db, request())).toMatchObject({ kind: 'acquired', lease: { fence: 2 } });
    expect(await renewLease(db, lease, 60_000)).toBe(false);
    await expect(db.transaction().execute((tx) => assertLease(tx, lease))).rejects.toThrow(
      /took over "work"/,
    );
  });

  test('a lease that ran out can be taken; giving back the old one takes nothing from the new holder', async () => {
    const { db } = await databases.open();
    const first = await acquireLease(db, { ...request(), durationMs: -1 });
    const second = await acquireLease(db, request());
    if (first.kind !== 'acquired' || second.kind !== 'acquired') throw new Error('not acquired');
    await releaseLease(db, first.lease);
    expect(await acquireLease(db, request())).toMatchObject({ kind: 'held', holder: second.lease.holder });
  });

  test('nobody waits for a process of this host that is gone', async () => {
    const { db } = await databases.open();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await acquireLease(db, request(`${hostname()}:${pid}:x`));
    expect(await acquireLease(db, request(`another-host:${pid}:x`))).toMatchObject({ kind: 'acquired' });
    expect(await acquireLease(db, request())).toMatchObject({ kind: 'held' });
  });
});
