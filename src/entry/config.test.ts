import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('the command line wins over the environment', () => {
  const config = readConfig({ KBALERTZ_DATA: '/a', KBALERTZ_PORT: '1' }, { data: '/b', port: 2 });
  expect(config).toMatchObject({ dataFolder: '/b', port: 2, database: { file: '/b/kbalertz.sqlite' } });
});

test('an empty variable is one that is not set', () => {
  expect(readConfig({ KBALERTZ_DATABASE: '', KBALERTZ_SMTP: '' }, { data: '/a' })).toMatchObject({
    database: { file: '/a/kbalertz.sqlite' },
    smtpUrl: null,
  });
});

test.each([
  [{ KBALERTZ_PORT: '70000' }, 'KBALERTZ_PORT'],
  [{ KBALERTZ_SMTP: 'mail.example.org' }, 'KBALERTZ_SMTP'],
  [{ KBALERTZ_DATABASE: 'mysql://x' }, 'KBALERTZ_DATABASE'],
  [{ KBALERTZ_PUBLIC_URL: 'ftp://x' }, 'KBALERTZ_PUBLIC_URL'],
  [{ KBALERTZ_REQUIRE_PASSKEY: 'everybody' }, 'KBALERTZ_REQUIRE_PASSKEY'],
  [
    { KBALERTZ_REQUIRE_PASSKEY: 'moderators', KBALERTZ_PUBLIC_URL: 'https://192.0.2.1' },
    'needs a KBALERTZ_PUBLIC_URL with a host name',
  ],
  [{ KBALERTZ_MAIL_FROM: 'a@b\r\nBcc: c@d.example' }, 'KBALERTZ_MAIL_FROM'],
])('names the setting that is wrong: %j', (env, name) => {
  expect(() => readConfig(env, {})).toThrow(ConfigError);
  expect(() => readConfig(env, {})).toThrow(name);
});
