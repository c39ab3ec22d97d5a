import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { parseAddress } from '../../accounts/address.ts';
import { composeMessage, type MessageParts } from './compose-message.ts';

const plain: MessageParts = {
  from: { name: 'kbalertz', address: 'alerts@kb.example.org' },
  to: 'ada@example.org',
  subject: '1 change: Exchange Online',
  date: Date.parse('2026-11-23T06:00:00Z'),
  messageId: '<digest.12.abc@kb.example.org>',
  text: 'Text.',
  html: '<p>Text.</p>',
  headers: { 'List-Id': '<digests.kb.example.org>', 'Auto-Submitted': 'auto-generated' },
};

/** The header lines, unfolded, in the bytes' own encoding. */
async function headOf(parts: MessageParts) {
  const content = Buffer.from(await composeMessage(parts));
  const head = content.toString('utf8').split('\r\n\r\n', 1)[0] ?? '';
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return {
    content,
    lines,
    names: lines.map((line) => line.slice(0, line.indexOf(':')).toLowerCase()).sort(),
  };
}

/** Text that tries to end its header: line breaks of all sorts, further headers, addresses, encoded words. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\0',
        '\u0085',
        '\u2028',
        '\r\n\r\n',
        '\r\n ',
        'Bcc: eve@example.org',
        'To: eve@example.org',
        '=?utf-8?b?DQpCY2M6IGV2ZUBleGFtcGxlLm9yZw==?=',
        ', eve@example.org',
        '" <eve@example.org>, "',
        ';',
        '<',
        '>',
        '(',
        '\\',
        'é'.repeat(80),
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

test('no subject, name or header value adds a header or a recipient, or ends the head', async () => {
  const { names } = await headOf(plain);
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (subject, name, value) => {
      const parts: MessageParts = {
        ...plain,
        from: { ...plain.from, name },
        subject,
        headers: { 'List-Id': value, 'Auto-Submitted': 'auto-generated' },
      };
      const head = await headOf(parts);
      // A header without a value is left out; none may come on top.
      expect(head.names.filter((one) => !names.includes(one))).toEqual([]);
      expect(new Set(head.names).size).toBe(head.names.length);
      expect(head.content.toString('latin1')).not.toMatch(/(^|[^\r])\n|\r(?!\n)/);
      expect(head.lines).toContain('To: ada@example.org');
      const mail = await simpleParser(head.content);
      expect([mail.from].flat().flatMap((list) => list?.value ?? [])).toMatchObject([
        { address: 'alerts@kb.example.org' },
      ]);
      expect(mail.text?.trim()).toBe('Text.');
    }),
    { numRuns: runs(200) },
  );
});

test('whatever is taken as an address is one recipient, and the very one', async () => {
  const typed = fc.oneof(
    fc.emailAddress(),
    fc
      .tuple(hostile, fc.constantFrom('@example.org', '@bücher.example'))
      .map(([local, rest]) => local + rest),
    fc
      .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), fc.domain())
      .map((two) => two.join('@')),
  );
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      const parsed = parseAddress(text);
      if (parsed.kind === 'bad-address') return;
      taken += 1;
      const { lines, names } = await headOf({ ...plain, to: parsed.address });
      expect(names.filter((name) => name === 'to' || name === 'cc' || name === 'bcc')).toEqual(['to']);
      // A local part beyond ASCII needs SMTPUTF8 anyway: its domain is written in its own script (RFC 6532).
      const written = lines
        .filter((line) => line.startsWith('To: '))
        .map((line) => line.slice('To: '.length));
      expect(written.map(parseAddress)).toEqual([parsed]);
    }),
    { numRuns: runs(400) },
  );
  expect(taken).toBeGreaterThan(runs(400) / 4);
});

test('headers keep what they say, whatever the length: list headers are folded, not cut', async () => {
  const long = `<https://kb.example.org/u/${'s'.repeat(120)}>, <mailto:unsubscribe@kb.example.org?subject=unsubscribe%20${'s'.repeat(120)}>`;
  const { lines } = await headOf({ ...plain, headers: { ...plain.headers, 'List-Unsubscribe': long } });
  expect(lines).toContain(`List-Unsubscribe: ${long}`);
  expect(lines).toContain('Auto-Submitted: auto-generated');
  expect(lines).toContain('Message-ID: <digest.12.abc@kb.example.org>');
});

test.each([
  ['jörg@bücher.example', 'jörg@xn--bcher-kva.example'],
  ['用户@例子.公司', '用户@xn--fsqu00a.xn--55qx5d'],
  ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
])('%s is written as the server takes it', async (typed, key) => {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'bad-address') throw new Error(parsed.sentence);
  expect(parsed.key).toBe(key);
  const { lines, content } = await headOf({ ...plain, to: parsed.address });
  expect(lines.filter((line) => line.startsWith('To:'))).toHaveLength(1);
  expect((await simpleParser(content)).to).toMatchObject({ value: [{ name: '' }] });
});
