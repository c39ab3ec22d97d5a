import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createAccountStore } from './accounts.ts';
import { createPasskeyStore } from './passkeys.ts';

const at = (ms: number) => asId<Instant>(ms);

describeOnBothDatabases('passkeys', (databases) => {
  async function open() {
    const { db, kind } = await databases.open();
    const accounts = createAccountStore({ db, kind });
    const join = async (name: string) => {
      const account = await accounts.insertAccount({
        address: `${name}@example.org`,
        addressKey: `${name}@example.org`,
        role: 'reader',
        timeZone: 'UTC',
        digestHour: 7,
        unsubscribeSecret: `secret of ${name}`,
        createdAt: at(0),
      });
      if (account === null) throw new Error('not inserted');
      return account.id;
    };
    const passkeys = createPasskeyStore({ db });
    const ada = await join('ada');
    const passkey = {
      credentialId: 'cred',
      accountId: ada,
      userHandle: 'handle',
      publicKey: new Uint8Array([0, 1, 255]),
      counter: 4,
      transports: ['usb', 'nfc'],
      name: 'Key',
      isSynced: false,
      createdAt: at(1),
      usedAt: null,
    };
    expect(await passkeys.insertPasskey(passkey)).toBe(true);
    return { db, accounts, passkeys, passkey, ada, bob: await join('bob') };
  }

  test('are kept as they came, and belong to one account for good', async () => {
    const { passkeys, passkey, ada, bob } = await open();
    expect(await passkeys.findPasskey('cred')).toEqual(passkey);
    expect(await passkeys.insertPasskey({ ...passkey, accountId: bob, name: 'Stolen' })).toBe(false);
    expect(await passkeys.listPasskeys(bob)).toEqual([]);
    expect(await passkeys.deletePasskey(bob, 'cred')).toBeNull();
    expect(await passkeys.listPasskeys(ada)).toEqual([passkey]);
    expect(await passkeys.deletePasskey(ada, 'cred')).toEqual(passkey);
    expect(await passkeys.findPasskey('cred')).toBeNull();
  });

  test('count signatures forward only, unless the authenticator does not count', async () => {
    const { passkeys, passkey } = await open();
    const use = (credentialId: string, counter: number) =>
      passkeys.keepUse(credentialId, { counter, isSynced: true, usedAt: at(9) });
    expect(await Promise.all([use('cred', 5), use('cred', 5)])).toEqual(
      expect.arrayContaining([true, false]),
    );
    expect(await use('cred', 4)).toBe(false);
    expect(await use('cred', 0)).toBe(false);
    expect(await passkeys.findPasskey('cred')).toMatchObject({ counter: 5, isSynced: true, usedAt: 9 });
    await passkeys.insertPasskey({ ...passkey, credentialId: 'uncounted', counter: 0 });
    expect([await use('uncounted', 0), await use('uncounted', 0), await use('gone', 1)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('go with their account', async () => {
    const { accounts, passkeys, ada } = await open();
    await accounts.deleteAccount(ada);
    expect(await passkeys.findPasskey('cred')).toBeNull();
  });
});
