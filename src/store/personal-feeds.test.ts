import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { openSealer } from '../../tests/factories/open-sealer.ts';
import { asId } from '../knowledge/ids.ts';
import { createPersonalFeeds } from './personal-feeds.ts';

describeOnBothDatabases('the secret of personal feeds', (databases) => {
  test('leads to its owner until it is renewed, revoked or the account is gone', async () => {
    const database = await databases.open();
    const world = await createLedgerWorld(database);
    const feeds = createPersonalFeeds(database, openSealer(database));
    const [ada, bob] = [await world.addAccount(), await world.addAccount()];
    expect(await feeds.findSecret(ada)).toBeNull();
    await feeds.keepSecret(ada, 'first', asId(1));
    await feeds.keepSecret(bob, 'his', asId(1));
    expect(await feeds.findSecret(ada)).toBe('first');
    expect(await feeds.findOwner('first')).toBe(ada);

    await feeds.keepSecret(ada, 'second', asId(2));
    expect(await feeds.findOwner('first')).toBeNull();
    expect(await feeds.findOwner('second')).toBe(ada);
    expect(await feeds.findOwner('his')).toBe(bob);

    expect(await feeds.revokeSecret(ada)).toBe(true);
    expect(await feeds.revokeSecret(ada)).toBe(false);
    expect(await feeds.findOwner('second')).toBeNull();

    await database.db.deleteFrom('accounts').where('id', '=', bob).execute();
    expect(await feeds.findOwner('his')).toBeNull();
  });
});
