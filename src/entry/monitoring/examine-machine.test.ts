import { describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { examineAddresses } from './examine-machine.ts';

const examine = (env: Record<string, string>) => examineAddresses(readConfig(env, { data: '/x' }));
const sentences = (env: Record<string, string>) =>
  examine(env)
    .map(({ sentence }) => sentence)
    .join('\n');

describe('addresses and proxies', () => {
  test('are fine as they come, and behind a proxy with TLS', () => {
    expect(examine({})).toEqual([]);
    expect(examine({ KBALERTZ_PUBLIC_URL: 'https://kb.example.org' })).toEqual([]);
  });

  test.each([
    [{ KBALERTZ_PUBLIC_URL: 'https://example.org/kb' }, 'has a path'],
    [{ KBALERTZ_PUBLIC_URL: 'http://kb.example.org' }, 'without TLS'],
    [{ KBALERTZ_PUBLIC_URL: 'https://kb.example.org', KBALERTZ_HOST: '0.0.0.0' }, 'KBALERTZ_TRUSTED_PROXIES'],
    [{ KBALERTZ_TRUSTED_PROXIES: '0.0.0.0/0' }, 'believes everybody'],
    [{ KBALERTZ_METRICS: '0.0.0.0:9464' }, 'can read the metrics'],
    [{ KBALERTZ_SMTP: 'smtp://user:secret@mail.example.org' }, 'port 587'],
  ])('are looked at together: %j', (env, words) => {
    expect(sentences(env)).toContain(words);
    expect(sentences(env)).not.toContain('secret');
  });
});
