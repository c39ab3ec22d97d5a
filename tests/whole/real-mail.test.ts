import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMailHeaders } from '../../src/delivery/bounces/mail-headers.ts';
import { writeDnsRecord } from '../../src/delivery/signing/dns-record.ts';
import { makeDkimKeys } from '../../src/delivery/signing/key-folder.ts';
import { compose, type Parts } from '../../src/entry/compose.ts';
import { readConfig } from '../../src/entry/config.ts';
import { examineMailOf } from '../../src/entry/examine-mail.ts';
import { createLog } from '../../src/entry/log.ts';
import { createLedgerWorld } from '../factories/ledger-world.ts';
import {
  findFreePort,
  findLack,
  makeLabFolder,
  startDovecot,
  startPostfix,
  startRspamd,
  waitFor,
} from '../mail-lab/mail-programs.ts';
import { startNameServer } from '../mail-lab/name-server.ts';

const lack = findLack();
if (lack !== null && process.env.CI)
  test('Postfix, Dovecot and rspamd are there in CI', () => expect.fail(lack));

/**
 * Real programs on loopback: Postfix takes our mail, rspamd checks it against a name server of the test, Dovecot keeps
 * it. Where Dovecot knows no such user, Postfix writes a report, which comes back to our listener.
 */
describe.skipIf(lack !== null)(`real mail programs${lack === null ? '' : `: ${lack}`}`, () => {
  const stops: (() => Promise<void> | void)[] = [];
  let parts: Parts;
  let lab: { dovecot: Awaited<ReturnType<typeof startDovecot>>; readPostfixLog: () => string };

  beforeAll(async () => {
    const { folder, remove } = makeLabFolder();
    stops.push(remove);
    const ports = { postfix: 0, dovecot: 0, rspamd: 0, bounces: 0 };
    for (const name of ['postfix', 'dovecot', 'rspamd', 'bounces'] as const)
      ports[name] = await findFreePort();

    const keys = await makeDkimKeys({
      dataFolder: `${folder}/data`,
      domain: 'kb.example',
      selector: 'kbalertz',
    });
    const zone = new Map([
      ['TXT bounces.kb.example', 'v=spf1 ip4:127.0.0.1 -all'],
      ['MX bounces.kb.example', 'mail.example'],
      ['TXT _dmarc.kb.example', 'v=DMARC1; p=reject; adkim=s; aspf=r'],
      ['A mail.example', '127.0.0.1'],
      ['PTR 1.0.0.127.in-addr.arpa', 'mail.example'],
      ...keys.map(
        (key) =>
          [
            `TXT ${key.selector}._domainkey.kb.example`,
            writeDnsRecord(createPublicKey(key.privateKey)),
          ] as const,
      ),
    ]);
    const nameServer = await startNameServer(zone);
    stops.push(nameServer.close);
    const rspamd = await startRspamd({ folder, port: ports.rspamd, nameServerPort: nameServer.port });
    stops.push(rspamd.stop);
    const dovecot = await startDovecot({
      folder,
      port: ports.dovecot,
      users: ['ada@reader.example', 'bob@reader.example'],
    });
    stops.push(dovecot.stop);
    const postfix = await startPostfix({
      folder,
      port: ports.postfix,
      settings: [
        `smtpd_milters = inet:127.0.0.1:${ports.rspamd}`,
        'milter_protocol = 6',
        'milter_default_action = tempfail',
      ],
      routes: {
        'reader.example': `lmtp:[127.0.0.1]:${ports.dovecot}`,
        'bounces.kb.example': `lmtp:[127.0.0.1]:${ports.bounces}`,
      },
    });
    stops.push(postfix.stop);

    const config = readConfig(
      {
        KBALERTZ_SMTP: `smtp://127.0.0.1:${ports.postfix}?ignoreTLS=true`,
        KBALERTZ_MAIL_FROM: 'alerts@kb.example',
        KBALERTZ_PUBLIC_URL: 'https://kb.example',
        KBALERTZ_BOUNCE_LISTEN: `lmtp://127.0.0.1:${ports.bounces}`,
        KBALERTZ_BOUNCE_DOMAIN: 'bounces.kb.example',
        KBALERTZ_DNS: `127.0.0.1:${nameServer.port}`,
      },
      { data: `${folder}/data` },
    );
    parts = await compose(config);
    stops.push(() => parts.close());
    const listener = await parts.returned.listen(createLog('silent'));
    stops.push(() => listener?.close());
    lab = { dovecot, readPostfixLog: postfix.readLog };
  }, 180_000);

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  /** Plans one digest for each address and hands it to Postfix. */
  async function sendDigests(...addresses: string[]): Promise<void> {
    const world = await createLedgerWorld(parts.database);
    const technology = await world.addTechnology(`Exchange Online ${addresses}`);
    for (const address of addresses) {
      const accountId = await world.addAccount({ address });
      const followed = { kind: 'technology', technologyId: technology } as const;
      await parts.subscriptions.follow({
        accountId,
        followed,
        threshold: 'material',
        now: parts.clock.now(),
      });
    }
    const articleId = await world.addArticle('Mail flow stops with error 4.4.1');
    await world.recordChange({
      articleId,
      technologies: [technology],
      kind: 'created',
      recordedAt: Date.now(),
    });
    await parts.planDigests();
    const tally = await parts.attemptDueDeliveries();
    expect(tally, lab.readPostfixLog()).toMatchObject({ accepted: addresses.length, deferred: 0, failed: 0 });
  }

  test('say that DKIM with both keys, SPF and DMARC pass, and one-click is signed', async () => {
    await sendDigests('ada@reader.example');
    const raw = await waitFor(
      'the digest in the mailbox',
      () => lab.dovecot.listMails('ada@reader.example')[0] ?? null,
    );
    const { headers } = readMailHeaders(raw.replaceAll('\r\n', '\n'));
    const results = headers.get('authentication-results')?.join(' ') ?? '';
    expect(results).toMatch(/dkim=pass header\.d=kb\.example header\.s=kbalertz-rsa/);
    expect(results).toMatch(/dkim=pass header\.d=kb\.example header\.s=kbalertz-ed25519/);
    expect(results).toMatch(/spf=pass/);
    expect(results).toMatch(/dmarc=pass/);
    const signatures = headers.get('dkim-signature') ?? [];
    expect(signatures).toHaveLength(2);
    for (const signature of signatures) {
      expect(signature.replace(/\s/g, '')).toMatch(/:list-unsubscribe:list-unsubscribe-post:/);
    }
    expect(headers.get('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
    expect(headers.get('return-path')?.[0]).toMatch(/^<bounces\+d\d+-[0-9a-f]{16}@bounces\.kb\.example>$/);
  });

  test('bring a real bounce back, which suppresses its address and no other', async () => {
    await sendDigests('ghost@reader.example', 'bob@reader.example');
    const suppression = await waitFor(
      'the bounce',
      async () => (await parts.suppressions.listSuppressions(10))[0] ?? null,
      60_000,
    );
    expect(suppression).toMatchObject({ addressKey: 'ghost@reader.example', reason: 'hard-bounce' });
    expect(await parts.suppressions.listSuppressions(10)).toHaveLength(1);
    expect(lab.readPostfixLog()).toMatch(/sender non-delivery notification/);
  });

  test('find nothing to mend in how mail goes out', async () => {
    const findings = await examineMailOf(parts.config);
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
  });
});
