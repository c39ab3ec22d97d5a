import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createLedgerWorld } from '../../tests/factories/ledger-world.ts';
import { writeComplaint, writeDeliveryReport } from '../../tests/factories/returned-mails.ts';
import { createMessageLinks } from '../delivery/messages/message-settings.ts';
import { createMailer } from '../delivery/notices/create-mailer.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createNoticeStore } from '../store/notices.ts';
import { composeReturnAddresses, composeReturnedMail } from './compose-returned-mail.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';

const dayMs = 86_400_000;
const config = readConfig(
  {
    KBALERTZ_MAIL_FROM: 'alerts@kb.example.org',
    KBALERTZ_BOUNCE_LISTEN: 'lmtp://127.0.0.1:0',
    KBALERTZ_PUBLIC_URL: 'https://kb.example.org',
  },
  { data: '/nowhere' },
);

describeOnBothDatabases('returned mail', (databases) => {
  /** A reader and an administrator who each got a notice, and a listener for what comes back. */
  async function start() {
    const database = await databases.open();
    const { db } = database;
    const world = await createLedgerWorld(database);
    let now = Date.parse('2026-03-02T07:00:00Z');
    const clock = { now: () => asId<Instant>(now) };
    const shelf = createNoticeStore(database);
    const keyOf = (address: string) => address.toLowerCase();
    const addresses = await composeReturnAddresses(config, database);
    if (addresses === null) throw new Error('no addresses');
    const settings = {
      from: config.mailFrom,
      unsubscribeAddress: addresses.unsubscribe,
      links: createMessageLinks(config.publicUrl),
    };
    const mailer = createMailer({ shelf, settings, clock, keyOf });
    const returned = composeReturnedMail({ config, database, clock, addresses, keyOf });
    const listener = await returned.listen(createLog('silent'));
    if (listener === null) throw new Error('no listener');
    const mailServer = createTransport({
      host: '127.0.0.1',
      port: listener.port,
      lmtp: true,
      ignoreTLS: true,
    });
    const addReader = async (address: string) => {
      const accountId = await world.addAccount({ address });
      await mailer.queueNotice({ accountId, address, notice: { kind: 'password-changed' } });
      const notices = db.selectFrom('notices').select(['id', 'message_id']).orderBy('id', 'desc');
      const letter = await notices.executeTakeFirstOrThrow();
      return {
        accountId,
        address,
        messageId: letter.message_id,
        sender: addresses.senderOf({ kind: 'notice', id: letter.id }),
      };
    };
    return {
      db,
      addresses,
      addReader,
      returned,
      arrive: (to: string, raw: string) => mailServer.sendMail({ envelope: { from: '', to }, raw }),
      bounce: (to: string, status: string, said: string, action: 'failed' | 'delayed' = 'failed') =>
        mailServer.sendMail({
          envelope: { from: '', to },
          raw: writeDeliveryReport({ to, recipient: 'somebody@else.example', status, said, action }),
        }),
      passDays: (days: number) => {
        now += days * dayMs;
      },
      suppressed: async () =>
        (
          await db
            .selectFrom('suppressions')
            .select(['address_key', 'reason'])
            .orderBy('address_key')
            .execute()
        ).map((row) => `${row.address_key} ${row.reason}`),
      close: () => listener.close(),
    };
  }

  test('suppresses the address that the signed envelope names, not the one in the report', async () => {
    const { addReader, bounce, suppressed, close } = await start();
    const ada = await addReader('ada@example.org');
    await addReader('bob@example.org');
    await bounce(ada.sender, '5.1.1', '550 5.1.1 <x>: Recipient address rejected: User unknown');
    expect(await suppressed()).toEqual(['ada@example.org hard-bounce']);
    await close();
  });

  test('takes nothing that is not addressed to us by us', async () => {
    const { addReader, bounce, suppressed, close } = await start();
    const ada = await addReader('ada@example.org');
    for (const to of [ada.sender.replace(/-[0-9a-f]{4}/, '-0000'), 'alerts@kb.example.org']) {
      await expect(bounce(to, '5.1.1', '550 5.1.1 User unknown')).rejects.toThrow('550');
    }
    expect(await suppressed()).toEqual([]);
    await close();
  });

  test('suppresses softly after soft bounces on four days, for two weeks', async () => {
    const { addReader, bounce, suppressed, passDays, returned, close } = await start();
    const ada = await addReader('ada@example.org');
    const full = () => bounce(ada.sender, '5.2.2', '552 5.2.2 Mailbox full');
    await full();
    await full();
    for (let day = 0; day < 2; day++) {
      passDays(1);
      await full();
    }
    await bounce(ada.sender, '4.4.1', 'connection timed out', 'delayed');
    expect(await suppressed()).toEqual([]);
    passDays(1);
    await full();
    expect(await suppressed()).toEqual(['ada@example.org soft-bounces']);
    await returned.forgetExpired();
    expect(await suppressed()).toHaveLength(1);
    passDays(14);
    await returned.forgetExpired();
    expect(await suppressed()).toEqual([]);
    await close();
  });

  test('pauses a domain that refuses us, longer each time, and suppresses nobody', async () => {
    const { db, addReader, bounce, suppressed, passDays, close } = await start();
    const readers = [await addReader('ada@big.example'), await addReader('bob@big.example')];
    for (const reader of readers) {
      await bounce(
        reader.sender,
        '5.7.1',
        '550 5.7.1 Message rejected due to local policy. See our postmaster page',
      );
    }
    expect(await suppressed()).toEqual([]);
    const paused = () => db.selectFrom('paused_domains').select(['domain', 'pauses']).execute();
    expect(await paused()).toEqual([{ domain: 'big.example', pauses: 1 }]);
    passDays(1);
    await bounce(readers[0]?.sender ?? '', '5.7.1', '550 5.7.1 rejected due to local policy');
    expect(await paused()).toEqual([{ domain: 'big.example', pauses: 2 }]);
    const notes = db.selectFrom('notices').select('id').where('kind', '=', 'administrator-note');
    expect(await notes.execute()).toEqual([]); // they hear of it with all else that is wrong
    await close();
  });

  test('does not pause a domain for one mailbox among many', async () => {
    const { db, addReader, bounce, close } = await start();
    const [first] = await Promise.all(
      Array.from({ length: 12 }, (_, n) => addReader(`reader${n}@big.example`)),
    );
    await bounce(first?.sender ?? '', '5.7.1', '550 5.7.1 rejected due to local policy');
    const paused = await db.selectFrom('paused_domains').selectAll().execute();
    expect(paused).toEqual([]);
    await close();
  });

  test('suppresses who complains, by the Message-ID that nobody can guess', async () => {
    const { addReader, arrive, addresses, suppressed, close } = await start();
    const ada = await addReader('ada@example.org');
    await arrive(addresses.complaints, writeComplaint('<notice.1234@kb.example.org>'));
    expect(await suppressed()).toEqual([]);
    await arrive(addresses.complaints, writeComplaint(ada.messageId));
    expect(await suppressed()).toEqual(['ada@example.org complaint']);
    await close();
  });

  test('stops the digests of who asks for it by mail', async () => {
    const { db, addReader, arrive, addresses, close } = await start();
    const ada = await addReader('ada@example.org');
    await addReader('bob@example.org');
    const secret = 'a-secret-of-the-account-0123456789';
    await db
      .updateTable('accounts')
      .set({ unsubscribe_secret: secret })
      .where('id', '=', ada.accountId)
      .execute();
    const ask = (subject: string) =>
      arrive(addresses.unsubscribe, `From: ada@example.org\r\nSubject: ${subject}\r\n\r\nPlease.\r\n`);
    await ask('unsubscribe');
    await ask('unsubscribe a-secret-of-nobody-0123456789');
    const paused = async () =>
      (await db.selectFrom('accounts').select('address').where('paused', '=', 1).execute()).map(
        (row) => row.address,
      );
    expect(await paused()).toEqual([]);
    await ask(`unsubscribe ${secret}`);
    await ask(`unsubscribe ${secret}`);
    expect(await paused()).toEqual(['ada@example.org']);
    await close();
  });

  test('an automatic answer changes nothing', async () => {
    const { addReader, arrive, suppressed, close } = await start();
    const ada = await addReader('ada@example.org');
    await arrive(
      ada.sender,
      'From: ada@example.org\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n',
    );
    expect(await suppressed()).toEqual([]);
    await close();
  });
});
