import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const needed = ['/usr/sbin/postfix', '/usr/sbin/dovecot', '/usr/lib/dovecot/lmtp', '/usr/bin/rspamd'];

/** Why the programs can't be run here; null: they can. */
export function findLack(): string | null {
  const missing = needed.filter((file) => !existsSync(file));
  if (missing.length > 0) return `${missing.join(', ')} missing (scripts/install-test-tools.sh)`;
  return process.getuid?.() === 0 ? null : 'Postfix and Dovecot must be started by root';
}

/** A folder of its own for one test, which the programs' users may enter. */
export function makeLabFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-mail-'));
  chmodSync(folder, 0o755);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** Postfix with a configuration and a queue of its own. `settings` are added to main.cf; `routes` map domains. */
export async function startPostfix(request: {
  readonly folder: string;
  readonly port: number;
  readonly settings?: readonly string[];
  readonly routes?: Readonly<Record<string, string>>;
}): Promise<{ stop(): Promise<void>; readLog(): string }> {
  const { folder, port, settings = [], routes = {} } = request;
  const [conf, queue, data, log] = ['conf', 'queue', 'data', 'log'].map((name) =>
    join(folder, 'postfix', name),
  );
  if (!conf || !queue || !data || !log) throw new Error('no folders');
  for (const each of [conf, queue, data]) mkdirSync(each, { recursive: true });
  const user = numberOf('-u', 'postfix');
  chownSync(data, user, numberOf('-g', 'postfix'));
  writeFileSync(log, '');
  writeFileSync(
    join(conf, 'routes'),
    Object.entries(routes)
      .map(([domain, route]) => `${domain} ${route}\n`)
      .join(''),
  );
  writeFileSync(
    join(conf, 'main.cf'),
    [
      'compatibility_level = 3.6',
      `queue_directory = ${queue}`,
      `data_directory = ${data}`,
      'command_directory = /usr/sbin',
      'daemon_directory = /usr/lib/postfix/sbin',
      'meta_directory = /etc/postfix',
      'shlib_directory = /usr/lib/postfix',
      'mail_owner = postfix',
      'setgid_group = postdrop',
      'inet_interfaces = 127.0.0.1',
      'inet_protocols = ipv4',
      'myhostname = mail.example',
      'mydestination =',
      'alias_maps =',
      'local_transport = error:no local mail',
      'mynetworks = 127.0.0.0/8',
      'smtpd_relay_restrictions = permit_mynetworks, reject',
      'smtpd_client_connection_count_limit = 0',
      'smtp_dns_support_level = disabled',
      'lmtp_dns_support_level = disabled',
      'smtp_host_lookup = native',
      'lmtp_host_lookup = native',
      'smtputf8_enable = yes',
      `transport_maps = texthash:${conf}/routes`,
      `maillog_file = ${log}`,
      `maillog_file_prefixes = ${folder}`,
      ...settings,
      '',
    ].join('\n'),
  );
  const service = (name: string, type: string, command: string, more = '-       -       n       -       0') =>
    `${name} ${type} ${more} ${command}`;
  writeFileSync(
    join(conf, 'master.cf'),
    [
      service(`127.0.0.1:${port}`, 'inet', 'smtpd', 'n - n - -'),
      service('pickup', 'unix', 'pickup', 'n - n 60 1'),
      service('cleanup', 'unix', 'cleanup', 'n - n - 0'),
      service('qmgr', 'unix', 'qmgr', 'n - n 300 1'),
      service('tlsmgr', 'unix', 'tlsmgr', '- - n 1000? 1'),
      service('rewrite', 'unix', 'trivial-rewrite', '- - n - -'),
      service('bounce', 'unix', 'bounce', '- - n - 0'),
      service('defer', 'unix', 'bounce', '- - n - 0'),
      service('trace', 'unix', 'bounce', '- - n - 0'),
      service('verify', 'unix', 'verify', '- - n - 1'),
      service('flush', 'unix', 'flush', 'n - n 1000? 0'),
      service('proxymap', 'unix', 'proxymap', '- - n - -'),
      service('smtp', 'unix', 'smtp', '- - n - -'),
      service('relay', 'unix', 'smtp', '- - n - -'),
      service('showq', 'unix', 'showq', 'n - n - -'),
      service('error', 'unix', 'error', '- - n - -'),
      service('retry', 'unix', 'error', '- - n - -'),
      service('discard', 'unix', 'discard', '- - n - -'),
      service('lmtp', 'unix', 'lmtp', '- - n - -'),
      service('anvil', 'unix', 'anvil', '- - n - 1'),
      service('scache', 'unix', 'scache', '- - n - 1'),
      service('postlog', 'unix-dgram', 'postlogd', 'n - n - 1'),
      '',
    ].join('\n'),
  );
  execFileSync('/usr/sbin/postfix', ['-c', conf, 'start'], { stdio: 'pipe' });
  await waitForPort(port);
  return {
    readLog: () => readFileSync(log, 'utf8'),
    async stop() {
      execFileSync('/usr/sbin/postfix', ['-c', conf, 'stop'], { stdio: 'pipe' });
    },
  };
}

/** Dovecot that takes mail by LMTP for the given users, into maildirs. */
export async function startDovecot(request: {
  readonly folder: string;
  readonly port: number;
  readonly users: readonly string[];
}): Promise<{ stop(): Promise<void>; listMails(user: string): string[] }> {
  const { folder, port, users } = request;
  const own = join(folder, 'dovecot');
  const mail = join(own, 'mail');
  mkdirSync(mail, { recursive: true });
  const [uid, gid] = [numberOf('-u', 'postfix'), numberOf('-g', 'postfix')];
  chownSync(mail, uid, gid);
  const userFile = join(own, 'users');
  writeFileSync(userFile, users.map((user) => `${user}:{PLAIN}x:${uid}:${gid}::${mail}/${user}\n`).join(''));
  const conf = join(own, 'dovecot.conf');
  writeFileSync(
    conf,
    `protocols = lmtp
listen = 127.0.0.1
base_dir = ${own}/run
state_dir = ${own}/state
log_path = ${own}/log
ssl = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
auth_username_format = %Lu
passdb {
  driver = passwd-file
  args = username_format=%u ${userFile}
}
userdb {
  driver = passwd-file
  args = username_format=%u ${userFile}
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${port}
  }
}
`,
  );
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', conf], { stdio: 'ignore' });
  await waitForPort(port);
  return {
    stop: () => end(child),
    listMails(user) {
      const inbox = join(mail, user, 'Maildir/new');
      return existsSync(inbox)
        ? readdirSync(inbox).map((name) => readFileSync(join(inbox, name), 'latin1'))
        : [];
    },
  };
}

/** rspamd as a milter that writes Authentication-Results, asking the given name server only. */
export async function startRspamd(request: {
  readonly folder: string;
  readonly port: number;
  readonly nameServerPort: number;
}): Promise<{ stop(): Promise<void> }> {
  const { folder, port, nameServerPort } = request;
  const own = join(folder, 'rspamd');
  for (const name of ['db', 'run', 'log']) mkdirSync(join(own, name), { recursive: true });
  const [uid, gid] = [numberOf('-u', '_rspamd'), numberOf('-g', '_rspamd')];
  for (const name of ['db', 'run', 'log']) chownSync(join(own, name), uid, gid);
  writeFileSync(join(own, 'domains'), 'example\n');
  const isChecked = 'check_local = true; check_authed = true;';
  const plugins = ['spf', 'dmarc', 'milter_headers'].map(
    (name) => `path = "/usr/share/rspamd/plugins/${name}.lua";`,
  );
  const conf = join(own, 'rspamd.conf');
  // What the packaged configuration adds takes half a minute to load, and asks name servers of others.
  writeFileSync(
    conf,
    `options {
  filters = "dkim";
  url_tld = "${own}/domains";
  disable_hyperscan = true;
  hs_cache_dir = "${own}/db";
  local_addrs = ["192.0.2.1"];
  pidfile = "${own}/run/rspamd.pid";
  tempdir = "${own}/run";
  control_socket = "${own}/run/control.sock mode=0600";
  dns { nameserver = ["127.0.0.1:${nameServerPort}"]; timeout = 2s; retransmits = 2; }
}
lang_detection { languages = "${own}/none"; }
logging { type = "file"; filename = "${own}/log/rspamd.log"; level = "info"; }
worker "rspamd_proxy" {
  bind_socket = "127.0.0.1:${port}";
  milter = yes;
  timeout = 60s;
  count = 1;
  upstream "local" { default = yes; self_scan = yes; }
}
modules { ${plugins.join(' ')} }
spf { ${isChecked} }
dkim { ${isChecked} }
dmarc { ${isChecked} }
milter_headers { use = ["authentication-results"]; skip_local = false; skip_authenticated = false; }
actions { reject = 1000; add_header = 900; }
`,
  );
  const child = spawn('/usr/bin/rspamd', ['-f', '-u', '_rspamd', '-g', '_rspamd', '-c', conf], {
    stdio: 'ignore',
  });
  await waitForPort(port, 60_000);
  return { stop: () => end(child) };
}

/** Waits for a thing to come true; fails with what is said of it. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | null> | T | null,
  timeoutMs = 30_000,
): Promise<T> {
  for (const until = Date.now() + timeoutMs; Date.now() < until; await sleep(200)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`Waited ${timeoutMs / 1000} seconds for ${what}`);
}

export function waitForPort(port: number, timeoutMs?: number): Promise<true> {
  return waitFor(
    `something on port ${port}`,
    () =>
      new Promise<true | null>((resolve) => {
        const socket = connect(port, '127.0.0.1');
        socket.once('connect', () => resolve(true)).once('error', () => resolve(null));
        socket.once('connect', () => socket.destroy());
      }),
    timeoutMs,
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

const numberOf = (flag: '-u' | '-g', name: string) =>
  Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
