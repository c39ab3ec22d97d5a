import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packMessage, unpackMessage, unpackMessages } from './deliveries-message.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('what comes back is what went in, one by one and many at a time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), async (messages) => {
      const packed = messages.map(packMessage);
      expect(packed.map(unpackMessage).map(text)).toEqual(messages.map(text));
      expect((await unpackMessages(packed)).map(text)).toEqual(messages.map(text));
    }),
  );
});

test('a message that an earlier version kept is read, also among others', async () => {
  const kept = zstdCompressSync(Buffer.from('kept before'));
  expect(Buffer.from(unpackMessage(kept)).toString()).toBe('kept before');
  const both = await unpackMessages([packMessage(Buffer.from('of now')), kept]);
  expect(both.map((one) => Buffer.from(one).toString())).toEqual(['of now', 'kept before']);
});

test('a damaged message is never given out as another one', async () => {
  const messages = ['the first', 'the second', 'the third'].map((one) => Buffer.from(one));
  const packed = messages.map(packMessage);
  const size = packed[1]?.length ?? 0;
  for (let at = 0; at < size; at++) {
    const damaged = packed.map((one) => Uint8Array.from(one));
    if (damaged[1]) damaged[1][at] = (damaged[1][at] ?? 0) ^ 0x55;
    const outcome = await unpackMessages(damaged).then(
      (all) => all.map(text),
      () => 'refused',
    );
    // Bytes of the header that say nothing of the content may be anything.
    expect(['refused', messages.map(text)]).toContainEqual(outcome);
  }
  const cut = packed.map((one, at) => (at === 1 ? one.subarray(0, -5) : one));
  await expect(unpackMessages(cut)).rejects.toThrow();
});
