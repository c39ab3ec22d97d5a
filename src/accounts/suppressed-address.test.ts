import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createAccountsWorld } from '../../tests/factories/accounts-world.ts';
import { createSuppressionStore } from '../store/suppressions.ts';

const dayMs = 86_400_000;
const [ada, lovelace] = ['ada@example.org', 'lovelace@example.org'];

describeOnBothDatabases('a suppressed address', (databases) => {
  async function start() {
    const database = await databases.open();
    const world = await createAccountsWorld('https://kb.example.org', database);
    const suppressions = createSuppressionStore(database);
    const id = await world.join(ada);
    return {
      ...world,
      suppressions,
      async load() {
        const account = await world.accounts.findAccount(id);
        if (account === null) throw new Error('no account');
        return account;
      },
      suppress: (addressKey: string, reason: string) =>
        suppressions.suppress({ addressKey, reason, detail: '', createdAt: world.clock.now() }),
      kinds: (address: string) =>
        world.notices.filter((one) => one.address === address).map((one) => one.notice.kind),
    };
  }

  test.each(['hard-bounce', 'soft-bounces', 'complaint'])(
    'of a %s is tried again by its owner',
    async (reason) => {
      const { accounts, suppress, suppressions, load, kinds, wait } = await start();
      wait(dayMs);
      await suppress(ada, reason);
      expect(await accounts.findSuppressedAddress(await load())).toMatchObject({ reason, mayTryAgain: true });
      const both = await Promise.all([1, 2].map(async () => accounts.tryAddressAgain(await load())));
      expect(both.filter((outcome) => outcome === 'tried')).toHaveLength(1);
      expect(kinds(ada)).toEqual(['confirm-address', 'address-tried-again']);
      expect(await suppressions.findSuppression(ada)).toBeNull();
      // The letter came back: not before tomorrow.
      await suppress(ada, 'hard-bounce');
      expect(await accounts.tryAddressAgain(await load())).toBe('tried-today');
      expect(await suppressions.findSuppression(ada)).not.toBeNull();
      wait(dayMs);
      expect(await accounts.tryAddressAgain(await load())).toBe('tried');
    },
  );

  test('that an administrator stopped is not lifted by its owner', async () => {
    const { accounts, suppress, load, kinds, wait } = await start();
    wait(dayMs);
    await suppress(ada, 'by-hand');
    expect(await accounts.tryAddressAgain(await load())).toBe('not-yours-to-lift');
    expect(await accounts.findSuppressedAddress(await load())).toMatchObject({ mayTryAgain: false });
    expect(kinds(ada)).toEqual(['confirm-address']);
  });

  test('is left for another, and asked once a day by a link when the account comes back to it', async () => {
    const { accounts, suppress, suppressions, load, kinds, lastSecret, wait } = await start();
    wait(dayMs);
    await suppress(ada, 'hard-bounce');
    await accounts.requestAddressChange(await load(), { address: lovelace });
    expect(await accounts.changeAddress(lastSecret(lovelace))).toMatchObject({ kind: 'changed' });
    expect(await accounts.findSuppressedAddress(await load())).toBeNull();
    expect(await suppressions.findSuppression(ada)).not.toBeNull();

    for (let n = 0; n < 3; n += 1) await accounts.requestAddressChange(await load(), { address: ada });
    expect(kinds(ada).filter((kind) => kind === 'confirm-new-address')).toHaveLength(1);
    expect(await suppressions.findSuppression(ada)).not.toBeNull();
    expect(await accounts.changeAddress(lastSecret(ada))).toMatchObject({ kind: 'changed' });
    expect(await suppressions.findSuppression(ada)).toBeNull();
    expect((await load()).address).toBe(ada);
  });

  test('of a complaint stays so, whoever changes to it', async () => {
    const { accounts, suppress, suppressions, load, lastSecret } = await start();
    await accounts.requestAddressChange(await load(), { address: lovelace });
    await suppress(lovelace, 'complaint');
    await accounts.changeAddress(lastSecret(lovelace));
    expect(await suppressions.findSuppression(lovelace)).toMatchObject({ reason: 'complaint' });
  });
});
