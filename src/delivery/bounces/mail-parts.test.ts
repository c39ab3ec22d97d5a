import { expect, test } from 'vitest';
import { decodeWords } from './mail-headers.ts';
import { readMailParts } from './mail-parts.ts';

const read = (text: string) => readMailParts(Buffer.from(text, 'latin1'));

test('parts are decoded by their transfer encoding and character set', () => {
  const mail = read(
    [
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Empf=E4nger =',
      'unbekannt',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      '5LiN5piO',
      '--b--',
    ].join('\r\n'),
  );
  expect(mail.parts.map((part) => part.text)).toEqual(['Empfänger unbekannt', '不明']);
});

test('Japanese text is recognised by its escape sequences, whatever it is called', () => {
  const [part] = read('Content-Type: text/plain; charset=us-ascii\n\n\u001b$BITL@\u001b(B').parts;
  expect(part?.text).toBe('不明');
});

test('a multipart without its boundary is text', () => {
  const mail = read('Content-Type: multipart/report; boundary=lost\n\nUser unknown\n');
  expect(mail.parts).toMatchObject([{ type: 'text/plain', text: 'User unknown\n' }]);
});

test('a message within the message is not opened', () => {
  const inner = 'Content-Type: multipart/mixed; boundary=c\n\n--c\n\nx\n--c--';
  const mail = read(
    `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n${inner}\n--b--\n`,
  );
  expect(mail.parts.map((part) => part.type)).toEqual(['message/rfc822']);
});

test('a character set that nobody knows leaves the bytes as they are', () => {
  expect(read('Content-Type: text/plain; charset=x-martian\n\nplain').parts[0]?.text).toBe('plain');
});

test('headers may be encoded words or raw UTF-8', () => {
  expect(decodeWords('=?utf-8?Q?Abwesenheit:_B=C3=BCro?= =?utf-8?B?ICE=?=')).toBe('Abwesenheit: Büro !');
  expect(decodeWords(Buffer.from('エラー', 'utf8').toString('latin1'))).toBe('エラー');
});
