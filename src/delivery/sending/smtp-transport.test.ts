import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { createSmtpTransport } from './smtp-transport.ts';

type Handlers = Pick<
  ConstructorParameters<typeof SMTPServer>[0] & object,
  'onAuth' | 'onMailFrom' | 'onRcptTo' | 'onData' | 'onConnect'
>;

const refuse = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

async function start(handlers: Handlers, credentials = '') {
  const taken: { from: string; to: string[]; content: string }[] = [];
  const server = new SMTPServer({
    authOptional: credentials === '',
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((recipient) => recipient.address),
          content: Buffer.concat(chunks).toString('latin1'),
        });
        callback(null, '2.0.0 Queued as 42');
      });
    },
    ...handlers,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const transport = createSmtpTransport({
    url: `smtp://${credentials}127.0.0.1:${port}`,
    maxConnections: 2,
    timeoutMs: 2000,
  });
  onTestFinished(async () => {
    await transport.close();
    await new Promise<void>((resolve) => server.close(resolve));
  });
  const message = Buffer.from('Subject: x\r\n\r\n.\r\n..\r\nBcc: eve@example.org\r\nend\r\n');
  const send = (to = 'ada@example.org') => transport.send({ from: 'bounce@kb.example.org', to, message });
  const sendBytes = (bytes: Buffer) =>
    transport.send({ from: 'bounce@kb.example.org', to: 'ada@example.org', message: bytes });
  return { taken, send, sendBytes, message };
}

test('hands the bytes over as they are, to one recipient, also with dots at the start of a line', async () => {
  const { taken, send, message } = await start({});
  expect(await send()).toEqual({ kind: 'accepted', response: expect.stringContaining('2.0.0 Queued as 42') });
  expect(taken).toEqual([
    { from: 'bounce@kb.example.org', to: ['ada@example.org'], content: message.toString() },
  ]);
});

test('hands over what needs no mending as it is, and mends line ends as the protocol wants them', async () => {
  const { taken, sendBytes } = await start({});
  for (const content of ['Subject: a\r\n\r\nb. c\r\n', 'Subject: a\n\nb\r.\r\nlast', '.\r\n', '\r\n']) {
    expect(await sendBytes(Buffer.from(content))).toMatchObject({ kind: 'accepted' });
  }
  expect(taken.map(({ content }) => content)).toEqual([
    'Subject: a\r\n\r\nb. c\r\n',
    'Subject: a\r\n\r\nb\r\n.\r\nlast\r\n',
    '.\r\n',
    '\r\n',
  ]);
});

test('defers what a 4yz reply puts off', async () => {
  const { send } = await start({
    onRcptTo: (_address, _session, done) => done(refuse(450, '4.2.1 Greylisted')),
  });
  expect(await send()).toEqual({ kind: 'deferred', response: expect.stringContaining('4.2.1 Greylisted') });
});

test('fails for good when the recipient or the message is refused', async () => {
  const unknown = await start({
    onRcptTo: (_address, _session, done) => done(refuse(550, '5.1.1 No such user')),
  });
  expect(await unknown.send()).toMatchObject({
    kind: 'failed',
    refusal: { kind: 'hard', status: '5.1.1' },
  });
  const tooBig = await start({
    onData(stream, _session, done) {
      stream.resume();
      stream.on('end', () => done(refuse(552, '5.3.4 Too big')));
    },
  });
  expect(await tooBig.send()).toMatchObject({
    kind: 'failed',
    refusal: { kind: 'soft', status: '5.3.4' },
  });
});

test('defers when it is us who are refused: sender, policy, sign-in, greeting', async () => {
  const sender = await start({
    onMailFrom: (_address, _session, done) => done(refuse(550, '5.1.8 Bad sender')),
  });
  expect(await sender.send()).toMatchObject({ kind: 'deferred' });
  const policy = await start({ onRcptTo: (_address, _session, done) => done(refuse(550, '5.7.1 Blocked')) });
  expect(await policy.send()).toMatchObject({ kind: 'deferred', refusal: { kind: 'policy' } });
  const signIn = await start(
    { onAuth: (_auth, _session, done) => done(refuse(535, '5.7.8 Wrong password')) },
    'user:wrong@',
  );
  expect(await signIn.send()).toMatchObject({ kind: 'deferred' });
  const greeting = await start({ onConnect: (_session, done) => done(refuse(554, '5.3.2 Closed')) });
  expect(await greeting.send()).toMatchObject({ kind: 'deferred' });
});

test('defers when nobody listens, or nobody answers', async () => {
  const transport = createSmtpTransport({ url: 'smtp://127.0.0.1:1', maxConnections: 1, timeoutMs: 1000 });
  onTestFinished(() => transport.close());
  const message = Buffer.from('\r\n');
  expect(await transport.send({ from: 'a@b.example', to: 'c@d.example', message })).toMatchObject({
    kind: 'deferred',
  });
  const silent = await start({ onData: (stream) => stream.resume() });
  expect(await silent.send()).toMatchObject({ kind: 'deferred' });
});

test('puts no second recipient or command into the dialogue', async () => {
  const { taken, send } = await start({});
  for (const to of [
    'a@b.example>\r\nRCPT TO:<eve@example.org',
    'a@b.example, eve@example.org',
    'A <a@b.example>',
  ]) {
    expect(await send(to)).toMatchObject({ kind: 'failed' });
  }
  expect(taken).toEqual([]);
});
