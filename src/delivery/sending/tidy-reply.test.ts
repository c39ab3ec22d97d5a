import { expect, test } from 'vitest';
import { tidyReply } from './tidy-reply.ts';

test.each([
  ['250 2.0.0 Ok: queued as 4bX', '250 2.0.0 Ok: queued as 4bX'],
  ['550 no\r\n550 such\tuser\r\n', '550 no 550 such user'],
  ['250 \0\u001b[2J fine', '250 [2J fine'],
  [`250 ${'x'.repeat(1_000_000)}`, `250 ${'x'.repeat(996)}`],
])('what a server answers is kept as one short line: %j', (reply, kept) => {
  expect(tidyReply(reply)).toBe(kept);
});
