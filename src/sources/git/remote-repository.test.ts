import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGitReader } from './create-git-reader.ts';
import { article, createTestRepository, keysOf, now, type TestRepository } from './repository.fixture.ts';

let repository: TestRepository;
let server: Server | null = null;
let port = 0;
const trusted = process.env.GIT_SSL_CAINFO;

/** A web server with a certificate of its own that gives a repository away as files, and behaves badly elsewhere. */
beforeAll(async () => {
  repository = createTestRepository();
  repository.commit({ 'a.md': article('A') });
  repository.git('clone', '-q', '--bare', repository.work, join(repository.folder, 'kb.git'));
  repository.git('-C', join(repository.folder, 'kb.git'), 'update-server-info');
  const [key, cert] = [join(repository.folder, 'key.pem'), join(repository.folder, 'cert.pem')];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '2',
  ];
  try {
    execFileSync(
      'openssl',
      [...request, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      { stdio: 'ignore' },
    );
  } catch {
    return; // no openssl: the tests skip and say so
  }
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (question, answer) => {
    const { pathname } = new URL(question.url ?? '/', 'https://localhost');
    if (pathname.startsWith('/moved.git'))
      answer.writeHead(301, { location: pathname.replace('moved', 'kb') }).end();
    else if (pathname.startsWith('/private.git'))
      answer.writeHead(401, { 'www-authenticate': 'Basic' }).end();
    else {
      try {
        answer.end(readFileSync(join(repository.folder, normalize(pathname))));
      } catch {
        answer.writeHead(404).end();
      }
    }
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  // The server is listening on a port, so its address is no pipe's name.
  port = (server.address() as AddressInfo).port;
  process.env.GIT_SSL_CAINFO = cert;
});
afterAll(() => {
  if (trusted === undefined) delete process.env.GIT_SSL_CAINFO;
  else process.env.GIT_SSL_CAINFO = trusted;
  server?.close();
  repository.remove();
});

function read(name: string, allowedHosts: readonly string[]) {
  const reader = createGitReader({
    cacheFolder: repository.cacheFolder,
    isLocalPathAllowed: () => false,
    clock: { now: () => now },
    addressPolicy: { allowedHosts, allowedPorts: [443] },
  });
  const source = repository.source({ url: `https://localhost:${port}/${name}` });
  const signal = AbortSignal.timeout(20_000);
  return reader
    .readSnapshots({ source, cursor: null, asOf: null, depth: 'latest', signal })
    [Symbol.asyncIterator]()
    .next();
}

test('a repository on the web is fetched over https', async (context) => {
  if (server === null) return context.skip('openssl is not installed');
  const { value } = await read('kb.git', [`localhost:${port}`]);
  expect(keysOf(value)).toEqual(['a.md']);
});

test.for([
  ['moved.git', 'redirected'],
  ['private.git', 'no-access'],
  ['gone.git', 'repository-gone'],
])('%s ends as %s', async ([name = '', code], context) => {
  if (server === null) return context.skip('openssl is not installed');
  await expect(read(name, [`localhost:${port}`])).rejects.toMatchObject({ name: 'SourceError', code });
});

test('a host in a private network is not fetched unless the operator names it', async (context) => {
  if (server === null) return context.skip('openssl is not installed');
  await expect(read('kb.git', [])).rejects.toMatchObject({ code: 'refused' });
});
