import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createAccountStore } from './accounts.ts';
import type { Database } from './database.ts';
import { createSourceStore } from './sources.ts';
import { createSuppressionStore } from './suppressions.ts';

const at = asId<Instant>(Date.parse('2026-03-02T09:00:00Z'));

function openStores(database: Database) {
  const [accounts, suppressions] = [createAccountStore(database), createSuppressionStore(database)];
  return {
    accounts,
    suppressions,
    join: (address: string) =>
      accounts.insertAccount({
        address,
        addressKey: address,
        role: 'reader',
        timeZone: 'UTC',
        digestHour: 7,
        unsubscribeSecret: address,
        createdAt: at,
      }),
    suppress: (addressKey: string) =>
      suppressions.suppress({ addressKey, reason: 'manual', detail: '', createdAt: at }),
    list: async () => (await accounts.listAccounts({ limit: 10, after: null })).map(({ address }) => address),
  };
}

describeOnBothDatabases('what is done atomically', (databases) => {
  test('is kept together, though the functions that write know nothing of each other', async () => {
    const database = await databases.open();
    const { join, suppress, suppressions, list } = openStores(database);
    const failing = database.atomically(async () => {
      await join('ada@example.org');
      await suppress('ada@example.org');
      expect(await list()).toEqual(['ada@example.org']);
      throw new Error('a crash');
    });
    await expect(failing).rejects.toThrow('a crash');
    expect(await list()).toEqual([]);
    expect(await suppressions.findSuppression('ada@example.org')).toBeNull();

    await database.atomically(async () => {
      await join('ada@example.org');
      await suppress('ada@example.org');
    });
    expect(await list()).toEqual(['ada@example.org']);
    expect(await suppressions.findSuppression('ada@example.org')).not.toBeNull();
  });

  test('holds transactions of those functions, which fail alone or with the whole', async () => {
    const database = await databases.open();
    const { accounts, join, list } = openStores(database);
    const broken = () =>
      database.db.transaction().execute(async (tx) => {
        await tx.deleteFrom('accounts').execute();
        await tx
          .insertInto('tokens')
          .values({} as never)
          .execute(); // breaks a constraint
      });
    await database.atomically(async () => {
      const ada = await join('ada@example.org');
      await expect(broken()).rejects.toThrow();
      await join('bob@example.org');
      if (ada !== null) await accounts.deleteAccount(ada.id);
    });
    expect(await list()).toEqual(['bob@example.org']);
    const whole = database.atomically(async () => {
      await join('cleo@example.org');
      await database.atomically(broken);
    });
    await expect(whole).rejects.toThrow();
    expect(await list()).toEqual(['bob@example.org']);
  });

  test('is seen by others when it is done, and what it leaves running is no part of it', async () => {
    const database = await databases.open();
    const { join, list } = openStores(database);
    const [entered, leave] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let late: Promise<unknown> = Promise.resolve();
    const whole = database.atomically(async () => {
      await join('ada@example.org');
      late = leave.promise.then(() => sleep(20)).then(() => join('late@example.org'));
      entered.resolve();
      await leave.promise;
    });
    await entered.promise;
    expect(await list()).toEqual([]);
    leave.resolve();
    await whole;
    expect(await list()).toEqual(['ada@example.org']);
    await late;
    expect(await list()).toEqual(['ada@example.org', 'late@example.org']);
  });

  test('comes one after the other or side by side, and loses nothing', async () => {
    const database = await databases.open();
    const sources = createSourceStore(database);
    const { join, list } = openStores(database);
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        database
          .atomically(async () => {
            await join(`${n}@example.org`);
            await sources.list();
            if (n % 3 === 0) throw new Error('not this one');
          })
          .catch(() => {}),
      ),
    );
    expect((await list()).length).toBe(8);
  });
});
