import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { openSealer } from '../../tests/factories/open-sealer.ts';
import { asId } from '../knowledge/ids.ts';
import { createChannelStore } from './channels.ts';
import type { Database } from './database.ts';
import { createPersonalFeeds } from './personal-feeds.ts';
import { forgetSealed, sealExisting } from './seal-existing.ts';
import { createSealer, SealError, sealKeyName } from './sealer.ts';

const target = { kind: 'webhook', url: 'https://hook.example.org/x', secret: 'whsec_AAAA' } as const;

describeOnBothDatabases('secrets at rest', (databases) => {
  async function start() {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    const [ada, bob] = [await world.addAccount(), await world.addAccount()];
    const sealer = openSealer(database);
    const add = (accountId = ada, own = sealer) =>
      createChannelStore(database, own).addChannel({ accountId, name: 'hook', target, now: asId(0) });
    return { database, db: database.db, ada, bob, sealer, add };
  }

  const dump = async ({ db }: Pick<Database, 'db'>) =>
    JSON.stringify([
      await db.selectFrom('channels').selectAll().execute(),
      await db.selectFrom('personal_feeds').selectAll().execute(),
      await db.selectFrom('settings').selectAll().execute(),
    ]);

  test('are sealed for their account, never twice alike, and come back as they were', async () => {
    const { database, db, ada, bob, sealer, add } = await start();
    await add();
    await add();
    await createPersonalFeeds(database, sealer).keepSecret(ada, 'feed-secret', asId(0));
    expect(await dump(database)).not.toMatch(/whsec_|hook\.example|feed-secret/);
    const rows = await db.selectFrom('channels').select('target').execute();
    expect(new Set(rows.map((row) => row.target)).size).toBe(2);
    const channels = createChannelStore(database, sealer);
    expect((await channels.listChannels(ada)).map((channel) => channel.target)).toEqual([target, target]);
    expect(await createPersonalFeeds(database, sealer).findSecret(ada)).toBe('feed-secret');
    // Whoever writes into the database can't make somebody's secret another one's.
    await db.updateTable('channels').set({ account_id: bob }).execute();
    await expect(channels.listChannels(bob)).rejects.toThrow('is not as it was sealed');
  });

  test('of an older version are sealed at the start, once, also by two processes at a time', async () => {
    const { database, db, ada, sealer } = await start();
    const plain = { account_id: ada, created_at: 0 };
    await db
      .insertInto('channels')
      .values({ ...plain, kind: 'webhook', name: 'old', target: JSON.stringify(target), state: 'active' })
      .execute();
    await db
      .insertInto('channels')
      .values({ ...plain, kind: 'mail', name: 'Mail', target: '{}', state: 'off' })
      .execute();
    await db
      .insertInto('personal_feeds')
      .values({ ...plain, secret: 'old-secret' })
      .execute();
    const feeds = createPersonalFeeds(database, sealer);
    await Promise.all([sealExisting(database, sealer), sealExisting(database, openSealer(database))]);
    expect(await sealExisting(database, sealer)).toBe(0);
    expect(await dump(database)).not.toMatch(/whsec_|old-secret/);
    expect(await createChannelStore(database, sealer).listChannels(ada)).toMatchObject([{ target }]);
    expect(await feeds.findOwner('old-secret')).toBe(ada);
    expect(await feeds.findSecret(ada)).toBe('old-secret');
  });

  test('whose key is missing or another one say so and what to do, and nothing is written', async () => {
    const { database, ada, sealer, add } = await start();
    const none = createSealer(database, {
      load: async () => null,
      make: async () => {
        throw new Error('a second key would be made');
      },
      place: '/data/seal-key',
    });
    await none.check(); // nothing is sealed yet
    await add();
    await createPersonalFeeds(database, sealer).keepSecret(ada, 'feed-secret', asId(0));
    const before = await dump(database);
    for (const [wrong, code, says] of [
      [none, 'KEY_MISSING', /is not here \(\/data\/seal-key\)/],
      [openSealer(database, 8), 'KEY_WRONG', /is another one/],
    ] as const) {
      await expect(wrong.check()).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
      await expect(add(ada, wrong)).rejects.toThrow(SealError);
      await expect(createChannelStore(database, wrong).listChannels(ada)).rejects.toThrow('forget-key --yes');
      const feeds = createPersonalFeeds(database, wrong);
      expect(await feeds.findSecret(ada)).toBeNull();
      expect(await feeds.findOwner('feed-secret')).toBe(ada); // readers of feeds go on
    }
    expect(await dump(database)).toBe(before);
  });

  test('whose key is lost are forgotten on demand, and the next one makes another', async () => {
    const { database, ada, add } = await start();
    await add();
    expect(await forgetSealed(database, sealKeyName)).toBe(1);
    const other = openSealer(database, 8);
    await add(ada, other);
    expect(await createChannelStore(database, other).listChannels(ada)).toMatchObject([{ target }]);
  });
});
