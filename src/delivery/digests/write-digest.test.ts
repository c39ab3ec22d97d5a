import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import type { Digest, DigestEntry } from '../../alerts/digest.ts';
import type { Subscription } from '../../alerts/subscription.ts';
import { asId } from '../../knowledge/ids.ts';
import { createMessageLinks, type MessageSettings } from '../messages/message-settings.ts';
import { writeDigest } from './write-digest.ts';

const settings: MessageSettings = {
  from: { name: 'kbalertz', address: 'alerts@kb.example.org' },
  unsubscribeAddress: 'unsubscribe@kb.example.org',
  links: createMessageLinks('https://kb.example.org'),
};

const exchange: Subscription = {
  id: asId(7),
  accountId: asId(1),
  followed: { kind: 'technology', technologyId: asId(3) },
  title: 'Exchange Online',
  threshold: 'material',
  withFeedback: false,
  createdAt: asId(0),
};

function entry(title: string, more: Partial<DigestEntry> = {}): DigestEntry {
  return {
    kind: 'revised',
    significance: 'material',
    article: {
      id: asId(910336),
      sourceId: asId(1),
      key: 'a.md',
      title,
      externalIds: ['KB910336'],
      url: null,
      state: 'active',
      retiredBecause: null,
      revision: 7,
      createdAt: asId(0),
      changedAt: asId(0),
    },
    fromRevision: 6,
    toRevision: 7,
    reasons: ['Resolution: step 2 added'],
    passage: {
      before: '1. Stop the Automatic Updates service.',
      after: '1. Stop the Update Orchestrator service.',
    },
    about: 'Windows Update cannot find the files of an update.',
    vendorDate: '2026-11-20',
    ...more,
  };
}

function digestOf(entries: readonly DigestEntry[], more: Partial<Digest> = {}): Digest {
  return {
    id: asId(12),
    localDate: '2026-11-23',
    timeZone: 'Europe/Berlin',
    plannedAt: asId(Date.parse('2026-11-23T06:00:00Z')),
    previousPlannedAt: asId(Date.parse('2026-11-20T06:00:00Z')),
    account: { id: asId(1), address: 'ada@example.org', digestHour: 7, unsubscribeSecret: 's3cret' },
    groups: [{ title: 'Exchange Online', subscription: exchange, entries }],
    bulkEdits: [],
    feedback: [],
    count: entries.length,
    ...more,
  };
}

const read = async (digest: Digest) => {
  const { content } = await writeDigest(digest, settings);
  return { raw: Buffer.from(content).toString('latin1'), mail: await simpleParser(Buffer.from(content)) };
};

describe('the message of a digest', () => {
  test('reads well as text', async () => {
    const { mail } = await read(
      digestOf(
        [
          entry('Mailbox moves stop at 95 percent', {
            kind: 'created',
            fromRevision: null,
            toRevision: 1,
            passage: null,
          }),
          entry(
            'Windows Update fails with 0x80070002 or 0x80070003 while it looks for the files of an update',
          ),
        ],
        {
          bulkEdits: [
            {
              id: asId(4),
              sentence: '“Azure AD” became “Microsoft Entra ID” in 412 articles',
              significance: 'minor',
              subscription: exchange,
            },
          ],
          count: 3,
        },
      ),
    );
    expect(mail.text).toMatchSnapshot();
    expect(mail.subject).toBe('3 changes: Exchange Online');
    for (const line of mail.text?.split('\n') ?? []) {
      if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(72);
    }
  });

  test('has the headers of a mailing list, one sender and one recipient', async () => {
    const { mail, raw } = await read(digestOf([entry('A')]));
    const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
    const names = head.split('\r\n').map((line) => line.slice(0, line.indexOf(':')));
    expect(new Set(names).size).toBe(names.length);
    expect(mail.from?.value).toEqual([{ name: 'kbalertz', address: 'alerts@kb.example.org' }]);
    expect(mail.date?.toISOString()).toBe('2026-11-23T06:00:00.000Z');
    expect(mail.messageId).toMatch(/^<digest\.12\.[0-9a-f]{20}@kb\.example\.org>$/);
    expect(head).toContain('To: ada@example.org');
    expect(head).toContain('List-ID: <digests.kb.example.org>');
    expect(head).toContain(
      'List-Unsubscribe: <https://kb.example.org/u/s3cret>, <mailto:unsubscribe@kb.example.org?subject=unsubscribe%20s3cret>',
    );
    expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(head).toContain('List-Help: <https://kb.example.org/help>');
    expect(head).toContain('Auto-Submitted: auto-generated');
    expect(head).toContain('Feedback-ID: 2026-11-23:digest:kbalertz:kb.example.org');
  });

  test('says of each entry what changed, why it came, and leads to all of it', async () => {
    const { mail } = await read(digestOf([entry('Windows Update fails')]));
    for (const text of [
      'See the whole difference',
      'href="https://kb.example.org/a/910336/diff?from=6&amp;to=7"',
      'href="https://kb.example.org/a/910336"',
      'href="https://kb.example.org/u/s3cret/7"',
      'href="https://kb.example.org/d/2026-11-23/s3cret"',
      'You follow Exchange Online.',
      '1. Stop the <s>Automatic Updates</s> service.',
      '1. Stop the <b>Update Orchestrator</b> service.',
      'vendor’s date 20 November 2026',
      'lang="en"',
    ]) {
      expect(mail.html).toContain(text);
    }
  });

  test('says once why an article was retired', async () => {
    const because = 'The classic client is no longer available.';
    const retired = entry('Clear the cache', { kind: 'retired', passage: null, reasons: [because] });
    const article = { ...retired.article, retiredBecause: because };
    for (const reasons of [[because], [because.slice(0, -1)], []]) {
      const { mail } = await read(digestOf([{ ...retired, article, reasons }]));
      for (const part of [mail.text, String(mail.html)]) {
        const said = part?.replace(/\s+/g, ' ').split('The classic client is no longer available').length;
        expect(said).toBe(2);
      }
    }
  });

  test('keeps below 90 KB and says how many more there are', async () => {
    const passage = { before: 'x '.repeat(400), after: 'y '.repeat(400) };
    const entries = Array.from({ length: 200 }, (_, n) => entry(`Article ${n}`, { passage }));
    const { mail } = await read(digestOf(entries));
    expect(Buffer.byteLength(String(mail.html))).toBeLessThan(90_000);
    const shown = String(mail.html).match(/>Article \d+</g)?.length ?? 0;
    expect(shown).toBeGreaterThan(20);
    expect(mail.html).toContain(`${200 - shown} more on the site`);
    expect(mail.text).toContain(`And ${200 - shown} more on the site`);
  });

  test('is the same bytes every time', async () => {
    const digest = digestOf([entry('Ünïcode ✓'), entry('B', { kind: 'retired' })]);
    const [one, two] = [
      await writeDigest(digest, settings),
      await writeDigest(structuredClone(digest), settings),
    ];
    expect(Buffer.from(one.content).equals(Buffer.from(two.content))).toBe(true);
    expect(one.messageId).toBe(two.messageId);
  });

  test('lets no text add a header, a recipient, a line too long or markup', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        'x\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        'a\n.\nb',
        '\u202egnitteg',
        'w'.repeat(3000),
        '=?utf-8?q?x?=',
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (title, reason, name) => {
        const before = { before: reason, after: title };
        const { mail, raw } = await read(
          digestOf([entry(title, { reasons: [reason], passage: before, about: name, vendorDate: name })], {
            groups: [
              {
                title: name,
                subscription: { ...exchange, title: name },
                entries: [entry(title, { reasons: [reason] })],
              },
            ],
          }),
        );
        expect(raw.split('\r\n').every((line) => line.length <= 998)).toBe(true);
        expect(/(^|[^\r])\n|\r(?!\n)/.test(raw)).toBe(false);
        expect([mail.from, mail.to].flat().flatMap((list) => list?.value ?? [])).toHaveLength(2);
        expect(mail.bcc).toBeUndefined();
        expect(mail.headers.has('subject')).toBe(true);
        expect(mail.html).not.toMatch(/<script|<img|\son\w+=[^&]*>/i);
      }),
      { numRuns: runs(150) },
    );
  });

  test.each([
    ['joerg@bücher.example', 'joerg@xn--bcher-kva.example'],
    ['jörg@bücher.example', 'jörg@bücher.example'], // as SMTPUTF8 has it (RFC 6532)
  ])('goes to addresses in any script: %s', async (address, written) => {
    const account = { ...digestOf([]).account, address };
    const { raw } = await read(digestOf([entry('A')], { account }));
    expect(Buffer.from(raw, 'latin1').toString()).toContain(`\r\nTo: ${written}\r\n`);
  });
});
