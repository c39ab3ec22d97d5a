import { expect, test } from 'vitest';
import { passwords } from './passwords.ts';

test('a password matches its own hash only, and nobody has one', async () => {
  const hash = await passwords.hashPassword('correct horse battery');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.verifyPassword('correct horse battery', hash)).toBe(true);
  expect(await passwords.verifyPassword('correct horse batterz', hash)).toBe(false);
  expect(await passwords.verifyPassword('', null)).toBe(false);
});

test('two hashes of one password differ', async () => {
  expect(await passwords.hashPassword('the same words')).not.toBe(
    await passwords.hashPassword('the same words'),
  );
});

test('another spelling of the same letters is the same password', async () => {
  const hash = await passwords.hashPassword('caf\u00e9 au lait toujours');
  expect(await passwords.verifyPassword('cafe\u0301 au lait toujours', hash)).toBe(true);
});
