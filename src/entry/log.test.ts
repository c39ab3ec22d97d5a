import { describe, expect, test } from 'vitest';
import { createLog, withoutSecrets } from './log.ts';

const token = 'Zk3vO0xq-8Nn7aT1bPq9sUvW2yZ4cD6eF8gH0iJ2kL4';

describe('a line of the log', () => {
  test.each([
    ['Key (address_key)=(ada@example.org) already exists.', 'Key (address_key)=([address]) already exists.'],
    ['connect smtp://user:secret@mail.example.org:587', 'connect smtp://[credentials]@mail.example.org:587'],
    [`GET /sign-in/${token} failed`, 'GET /sign-in/[token] failed'],
    [`GET /u/${token.slice(0, 22)} failed`, 'GET /u/[token] failed'],
    ['authorization: Bearer kba_abcdef0123456789', 'authorization: Bearer [token]'],
    [`session=${token}; path=/`, 'session=[token]; path=/'],
    ['550 5.1.1 <bob.smith+x@mail.example.co.uk>: no such user', '550 5.1.1 <[address]>: no such user'],
  ])('is written without what is nobody else’s business: %s', (line, clean) => {
    expect(withoutSecrets(line)).toBe(clean);
  });

  test.each([
    'scan 12 of source windows ended: 40 changes in https://github.com/MicrosoftDocs/SupportArticles-docs',
    'at file:///srv/kbalertz/src/entry/work.ts:12:5 and node_modules/@hono/node-server/dist/index.js:3',
    'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 differs',
  ])('keeps what helps: %s', (line) => {
    expect(withoutSecrets(line)).toBe(line);
  });

  test('is cleaned wherever it came from, also from an error', () => {
    const lines: string[] = [];
    const error = Object.assign(new Error('no mail for eve@example.org'), { detail: 'from eve@example.org' });
    createLog('info', (line) => lines.push(line)).error({ err: error }, 'failed');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('eve@');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'failed', err: { detail: 'from [address]' } });
  });
});
