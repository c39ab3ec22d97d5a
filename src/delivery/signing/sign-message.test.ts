import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { expect, test } from 'vitest';
import { composeMessage } from '../messages/compose-message.ts';
import { writeDnsRecord } from './dns-record.ts';
import { type DkimKey, signMessage } from './sign-message.ts';

const keys: DkimKey[] = [
  {
    domain: 'kb.example',
    selector: 'k-rsa',
    privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  },
  { domain: 'kb.example', selector: 'k-ed25519', privateKey: generateKeyPairSync('ed25519').privateKey },
];
const records = new Map(
  keys.map(({ selector, domain, privateKey }) => [
    `${selector}._domainkey.${domain}`,
    writeDnsRecord(createPublicKey(privateKey)),
  ]),
);

/** What another implementation finds: per signature its algorithm, its result and what it covers. */
async function verify(message: Uint8Array) {
  const { results } = await dkimVerify(Buffer.from(message), {
    resolver: async (name: string) => {
      const record = records.get(name);
      if (record === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return [record.match(/.{1,255}/g) ?? []];
    },
  });
  // mailauth's types lack two of the fields that it gives.
  return results as ((typeof results)[number] & { algo: string; signingHeaders: { keys: string } })[];
}

const compose = (
  more: { subject?: string; text?: string; to?: string; headers?: Record<string, string> } = {},
) =>
  composeMessage({
    from: { name: 'kbalertz', address: 'alerts@kb.example' },
    to: more.to ?? 'ada@example.org',
    subject: more.subject ?? '3 changes: Exchange Online',
    date: Date.parse('2026-03-02T07:00:00Z'),
    messageId: '<digest.1.abc@kb.example>',
    text: more.text ?? 'Good morning.\n',
    html: '<p>Good morning.</p>',
    headers: more.headers ?? {
      'List-Unsubscribe':
        '<https://kb.example/u/secret>, <mailto:unsubscribe@kb.example?subject=unsubscribe%20secret>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  });

test('another implementation says that both signatures are good, and cover one-click', async () => {
  const signed = signMessage(await compose(), { keys, signedAt: 1_772_434_800_000 });
  const results = await verify(signed);
  expect(results.map(({ status, algo }) => `${algo} ${status.result}`)).toEqual([
    'rsa-sha256 pass',
    'ed25519-sha256 pass',
  ]);
  for (const { signingHeaders } of results) {
    const covered = signingHeaders.keys.toLowerCase();
    for (const name of ['list-unsubscribe', 'list-unsubscribe-post', 'from', 'to', 'subject']) {
      expect(covered.split(/\s*:\s*|,\s*/)).toContain(name);
    }
  }
  const head = Buffer.from(signed).toString('latin1').split('\r\n\r\n')[0] ?? '';
  expect(Math.max(...head.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78 * 2);
});

test('signing twice gives the same bytes', async () => {
  const message = await compose();
  expect(signMessage(message, { keys, signedAt: 5000 })).toEqual(
    signMessage(message, { keys, signedAt: 5000 }),
  );
  expect(signMessage(message, { keys: [], signedAt: 0 })).toBe(message);
});

test.each([
  ['another From', (text: string) => text.replace(/^From: /m, 'From: eve <eve@evil.example>\r\nFrom: ')],
  ['another unsubscribe link', (text: string) => text.replace('kb.example/u/', 'evil.example/u/')],
  ['no one-click any more', (text: string) => text.replace(/List-Unsubscribe-Post: .*\r\n/, '')],
  ['another text', (text: string) => text.replace('Good morning', 'Good mourning')],
])('a message with %s is found out', async (_name, change) => {
  const message = await compose();
  const signed = Buffer.from(signMessage(message, { keys, signedAt: 0 })).toString('latin1');
  const at = signed.length - message.length;
  const changed = signed.slice(0, at) + change(signed.slice(at));
  expect(changed).not.toBe(signed);
  const results = await verify(Buffer.from(changed, 'latin1'));
  expect(results.map(({ status }) => status.result)).not.toContain('pass');
});

test('holds for any text, subject and address', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(
      text,
      text,
      fc.constantFrom('ada@example.org', 'jürgen@example.org', 'иван@xn--e1afmkfd.xn--p1ai'),
      async (body, subject, to) => {
        const signed = signMessage(await compose({ text: body, subject, to }), { keys, signedAt: 0 });
        expect((await verify(signed)).map(({ status }) => status.result)).toEqual(['pass', 'pass']);
      },
    ),
    { numRuns: 30 },
  );
}, 120_000);
