import { once } from 'node:events';
import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';
import { type ListenerLimits, openMailListener } from './open-mail-listener.ts';

async function start(limits: Partial<ListenerLimits> = {}, take = async () => {}) {
  const failures: unknown[] = [];
  const taken: { address: string; bytes: number }[] = [];
  const listener = await openMailListener({
    protocol: 'smtp',
    host: '127.0.0.1',
    port: 0,
    isOurs: (address) => address.endsWith('@ours.example'),
    async take(address, raw) {
      await take();
      taken.push({ address, bytes: raw.length });
    },
    onFailure: (error) => failures.push(error),
    limits,
  });
  onTestFinished(() => listener.close());
  const sender = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
  const send = (raw: string, to: string | string[] = 'a@ours.example') =>
    sender.sendMail({ envelope: { from: '', to }, raw });
  return { listener, send, taken, failures };
}

test('takes mail for its own addresses only', async () => {
  const { send, taken } = await start();
  await send('Subject: x\r\n\r\nbody\r\n');
  await expect(send('Subject: x\r\n\r\n', 'a@theirs.example')).rejects.toThrow('5.1.1');
  expect(taken.map(({ address }) => address)).toEqual(['a@ours.example']);
});

test('leaves a message with the other side while it can not be kept', async () => {
  const { send, failures } = await start({}, async () => {
    throw new Error('The database is away');
  });
  await expect(send('Subject: x\r\n\r\n')).rejects.toThrow('451');
  expect(failures).toHaveLength(1);
});

test('refuses messages that are too large and too many recipients', async () => {
  const { send, taken } = await start({ maxBytes: 1000, maxRecipients: 2 });
  await expect(send(`Subject: x\r\n\r\n${'line\r\n'.repeat(1000)}`)).rejects.toThrow(/552|too large|size/i);
  const info = await send('Subject: x\r\n\r\n', ['a@ours.example', 'b@ours.example', 'c@ours.example']);
  expect(info.rejected).toEqual(['c@ours.example']);
  expect(taken).toHaveLength(2);
});

test('lets nobody stay for ever, nor take all places', async () => {
  const { listener } = await start({ longestMs: 2500, maxConnections: 2 });
  const open = async () => {
    const socket = connect(listener.port, '127.0.0.1');
    socket.on('error', () => {});
    const [greeting] = await once(socket, 'data');
    return { socket, greeting: String(greeting) };
  };
  const first = await open();
  await open();
  expect((await open()).greeting).toMatch(/^421/);
  await once(first.socket, 'close');
});
