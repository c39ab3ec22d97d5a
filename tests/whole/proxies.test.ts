import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as askPlain } from 'node:http';
import { request as askWithTls } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTool } from './find-tool.ts';
import { findFreePort, type RunningProgram, startProgram } from './start-program.ts';

const root = join(import.meta.dirname, '../..');
const [nginx, caddy, openssl] = [findTool('nginx'), findTool('caddy'), findTool('openssl')];
const site = 'https://kb.example.org';

type Answer = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: string };

/** Asks a proxy from an address of loopback other than its own, with what a browser of the site would send. */
function ask(
  port: number,
  path: string,
  given: { tls?: boolean; method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { tls = true, method = 'GET', body, headers = {} } = given;
  return new Promise((resolve, reject) => {
    const request = (tls ? askWithTls : askPlain)(
      {
        host: '127.0.0.1',
        localAddress: '127.0.0.2',
        port,
        path,
        method,
        rejectUnauthorized: false,
        servername: 'kb.example.org',
        headers: { host: 'kb.example.org', ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** What every reader may claim, and no proxy may pass on as if it were true. */
const claims = { 'x-forwarded-for': '6.6.6.6', forwarded: 'for=6.6.6.6' };
const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

describe('behind a proxy', () => {
  let folder: string;
  let program: RunningProgram;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kbalertz-proxy-'));
    program = await startProgram({
      args: ['--no-worker'],
      settings: { KBALERTZ_PUBLIC_URL: site, KBALERTZ_TRUSTED_PROXIES: '127.0.0.1' },
    });
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGTERM');
    await program?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(command: string, args: string[], env: Record<string, string>, port: number) {
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
      stdio: 'pipe',
    });
    children.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text: Buffer) => {
        said += text;
      });
    for (let tries = 0; tries < 100; tries += 1) {
      const isUp = await ask(port, '/healthz', { tls: command === nginx.path }).then(
        () => true,
        () => false,
      );
      if (isUp) return;
      await sleep(100);
    }
    throw new Error(`The proxy did not start: ${said}`);
  }

  /** Networks whose tries to sign in were counted. */
  function listCounted(): string[] {
    const database = new BetterSqlite3(join(program.data, 'kbalertz.sqlite'), { readonly: true });
    const keys = database
      .prepare(`select key from rate_limits where name = 'sign-in'`)
      .pluck()
      .all()
      .map(String);
    database.close();
    return keys;
  }

  async function checkSite(port: number, tls: boolean): Promise<void> {
    const home = await ask(port, '/', { tls });
    expect(home.status).toBe(200);
    expect(home.headers['content-security-policy']).toContain("default-src 'none'");
    expect(home.headers['strict-transport-security']).toBeDefined();
    expect(home.headers['x-request-id']).toMatch(/^[0-9a-f]{16}$/);
    const body = new URLSearchParams({ address: 'ada@example.org', 'by-link': '1' }).toString();
    const signIn = await ask(port, '/sign-in', {
      tls,
      method: 'POST',
      body,
      headers: { ...form, ...claims },
    });
    expect(signIn.status).toBeLessThan(400);
    expect(listCounted()).toEqual(['127.0.0.2']);
    const foreign = { ...form, 'sec-fetch-site': 'cross-site' };
    expect((await ask(port, '/sign-in', { tls, method: 'POST', body, headers: foreign })).status).toBe(403);
    const huge = { tls, method: 'POST', body: `address=${'x'.repeat(3_000_000)}`, headers: form };
    const refused = await ask(port, '/sign-in', huge).catch(() => null); // it may hang up before all was sent
    // 502: the program hung up on the proxy while that was still sending.
    expect([413, 502]).toContain(refused?.status ?? 413);
  }

  test.skipIf(nginx.missingBecause !== null || openssl.missingBecause !== null)(
    `nginx speaks for its clients, and not for what they claim${nginx.missingBecause ?? ''}`,
    async () => {
      const [plainPort, tlsPort] = [await findFreePort(), await findFreePort()];
      const [certificate, key] = [join(folder, 'fullchain.pem'), join(folder, 'privkey.pem')];
      const subject = ['-subj', '/CN=kb.example.org', '-days', '2', '-nodes'];
      const files = ['-keyout', key, '-out', certificate];
      execFileSync(openssl.path, ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files], {
        stdio: 'ignore',
      });
      const example = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8')
        .replaceAll('127.0.0.1:8080', `127.0.0.1:${program.port}`)
        .replaceAll('/etc/letsencrypt/live/kb.example.org', folder)
        .replace('/var/log/nginx/kbalertz.log', join(folder, 'access.log'))
        .replaceAll(/listen \[::\].*\n/g, '\n')
        .replace('listen 80;', `listen 127.0.0.1:${plainPort};`)
        .replace('listen 443 ssl http2;', `listen 127.0.0.1:${tlsPort} ssl http2;`);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${join(folder, name)};`,
      );
      const main = join(folder, 'nginx.conf');
      mkdirSync(join(folder, 'logs'));
      writeFileSync(
        main,
        `daemon off; worker_processes 1; pid ${join(folder, 'nginx.pid')}; error_log ${join(folder, 'error.log')};
events { worker_connections 64; }
http { ${temporary.join(' ')} access_log off;\n${example}\n}`,
      );
      const checked = spawnSync(nginx.path, ['-t', '-p', folder, '-c', main], { encoding: 'utf8' });
      expect(checked.stderr).toContain('test is successful');
      await run(nginx.path, ['-p', folder, '-c', main], {}, tlsPort);
      const plain = await ask(plainPort, '/status?x=1', { tls: false });
      expect([plain.status, plain.headers.location]).toEqual([301, `${site}/status?x=1`]);
      await checkSite(tlsPort, true);
      const log = readFileSync(join(folder, 'access.log'), 'utf8');
      expect(log).toMatch(/POST \d{3} /);
      expect(log).not.toMatch(/sign-in|example|127\.0/);
    },
  );

  test.skipIf(caddy.missingBecause !== null)(`Caddy does the same${caddy.missingBecause ?? ''}`, async () => {
    const port = await findFreePort();
    const env = {
      KBALERTZ_SITE: `http://kb.example.org:${port}`,
      KBALERTZ_UPSTREAM: `127.0.0.1:${program.port}`,
      XDG_DATA_HOME: join(folder, 'caddy'),
      XDG_CONFIG_HOME: join(folder, 'caddy'),
    };
    const file = join(folder, 'Caddyfile');
    // Without the listener for its own administration, which other runs of it may have.
    writeFileSync(file, `{\n\tadmin off\n}\n${readFileSync(join(root, 'deploy/Caddyfile'), 'utf8')}`);
    const args = ['--adapter', 'caddyfile', '--config', file];
    const checked = spawnSync(caddy.path, ['validate', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
    });
    expect(`${checked.stdout}${checked.stderr}`).toContain('Valid configuration');
    await run(caddy.path, ['run', ...args], env, port);
    await checkSite(port, false);
  });
});
