import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { readSourceFiles } from '../house/source-files.ts';
import { findTool } from './find-tool.ts';
import { startProgram } from './start-program.ts';

const root = join(import.meta.dirname, '../..');
const deploy = join(root, 'deploy');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const settings = new Set(read('src/entry/config.ts').match(/KBALERTZ_[A-Z_]+/g));
/** Of the examples themselves: the name of the site, and where the proxy finds the program. */
const ownVariables = ['KBALERTZ_SITE', 'KBALERTZ_UPSTREAM'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kbalertz-deploy-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every setting that an example names is one', () => {
  const wrong = globSync('deploy/**/*', { cwd: root })
    .filter((file) => statSync(join(root, file)).isFile())
    .flatMap((file) => (read(file).match(/KBALERTZ_[A-Z_]+/g) ?? []).map((name) => [file, name] as const))
    .filter(([, name]) => !settings.has(name) && !ownVariables.includes(name) && name !== 'KBALERTZ_NAME');
  expect(wrong).toEqual([]);
});

describe('the container file', () => {
  const instructions = read('deploy/Containerfile')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1).trim()] as const);
  const all = (name: string) => instructions.filter(([each]) => each === name).map(([, rest]) => rest);
  const copied = all('COPY')
    .filter((rest) => !rest.startsWith('--from'))
    .flatMap((rest) => rest.split(/\s+/).slice(0, -1));

  test('copies what is there, and its ignore file lets it through', () => {
    const letThrough = read('.containerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    for (const path of copied) {
      expect(existsSync(join(root, path)), path).toBe(true);
      expect(letThrough).toContain(path.replace('./', ''));
    }
  });

  test('runs as nobody in particular, and writes to its volume only', () => {
    expect(all('FROM')).toHaveLength(2);
    expect(all('USER')).toEqual(['10001:10001']);
    expect(all('VOLUME')).toEqual(['/data']);
    expect(JSON.parse(all('ENTRYPOINT')[0] ?? '')).toEqual(['/usr/bin/tini', '--', '/app/bin/kbalertz']);
    const order = instructions.map(([name]) => name);
    expect(order.lastIndexOf('RUN')).toBeLessThan(order.indexOf('USER'));
  });

  test('needs nothing that only tests have', () => {
    const own = new Set(Object.keys(packageJson.dependencies));
    const missing = readSourceFiles()
      .filter(({ path }) => path.startsWith('src/') && !/\.(test|fixture)\.ts$/.test(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target, isTypeOnly }) => !isTypeOnly && !/^(src\/|node:|\.|package\.json)/.test(target))
          .map(({ target }) =>
            target
              .split('/')
              .slice(0, target.startsWith('@') ? 2 : 1)
              .join('/'),
          )
          .filter((name) => !own.has(name))
          .map((name) => `${path}: ${name}`),
      );
    expect(missing).toEqual([]);
  });

  test('has enough to serve every page, and a health check that tells', async () => {
    const image = join(folder, 'image');
    for (const path of copied) cpSync(join(root, path), join(image, path), { recursive: true });
    for (const file of globSync('**/*.{test,fixture}.ts', { cwd: image })) rmSync(join(image, file));
    symlinkSync(join(root, 'node_modules'), join(image, 'node_modules'));
    const program = await startProgram({
      command: join(image, 'bin/kbalertz'),
      args: ['--starter'],
      until: '/readyz',
    });
    for (const path of ['/', '/help', '/help/readers', '/help/images/home.png', '/status']) {
      expect((await fetch(program.url + path)).status, path).toBe(200);
    }
    const [, command = '[]'] = /CMD (\[.*\])$/.exec(all('HEALTHCHECK')[0] ?? '') ?? [];
    const [, ...args] = z.array(z.string()).parse(JSON.parse(command));
    const check = (port: number) =>
      spawnSync(process.execPath, args, { env: { KBALERTZ_PORT: String(port) }, timeout: 20_000 }).status;
    expect(check(program.port)).toBe(0);
    await program.stop();
    expect(check(program.port)).toBe(1);
  });
});

describe('the compose file', () => {
  // The part of the compose specification that the example uses; anything else is a typing mistake.
  const service = z.strictObject({
    build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
    image: z.string(),
    restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
    read_only: z.literal(true),
    cap_drop: z.tuple([z.literal('ALL')]),
    cap_add: z.array(z.string()).optional(),
    security_opt: z.tuple([z.literal('no-new-privileges:true')]),
    tmpfs: z.array(z.string()),
    volumes: z.array(z.string()),
    networks: z.array(z.string()),
    ports: z.array(z.string().regex(/^\d+:\d+(\/udp)?$/)).optional(),
    environment: z.record(z.string(), z.string()),
    depends_on: z
      .record(z.string(), z.strictObject({ condition: z.enum(['service_healthy', 'service_started']) }))
      .optional(),
    stop_grace_period: z.string().optional(),
    pids_limit: z.number().optional(),
    mem_limit: z.string().optional(),
  });
  const shape = z.strictObject({
    name: z.string(),
    services: z.record(z.string(), service),
    networks: z.record(
      z.string(),
      z.strictObject({ ipam: z.strictObject({ config: z.array(z.strictObject({ subnet: z.string() })) }) }),
    ),
    volumes: z.record(z.string(), z.null()),
  });

  test('has the shape of one, and names only what it has', () => {
    const compose = shape.parse(parse(read('deploy/compose.yaml')));
    for (const [name, each] of Object.entries(compose.services)) {
      for (const network of each.networks) expect(compose.networks, name).toHaveProperty(network);
      for (const other of Object.keys(each.depends_on ?? {})) expect(compose.services).toHaveProperty(other);
      for (const volume of each.volumes) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('.')) expect(existsSync(join(deploy, from)), from).toBe(true);
        else expect(compose.volumes, name).toHaveProperty(from);
      }
      if (each.build) expect(existsSync(join(deploy, each.build.context, each.build.dockerfile))).toBe(true);
    }
    const { kbalertz } = compose.services;
    expect(kbalertz?.ports).toBeUndefined();
    expect(kbalertz?.environment.KBALERTZ_TRUSTED_PROXIES).toBe(
      compose.networks.inside?.ipam.config[0]?.subnet,
    );
  });
});

describe('the compose file of several machines', () => {
  const service = z.object({
    command: z.array(z.string()).optional(),
    volumes: z.array(z.string()),
    networks: z.tuple([z.literal('inside')]),
    environment: z.record(z.string(), z.string()),
    depends_on: z.record(z.string(), z.unknown()).optional(),
    build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  });
  const { services, volumes, networks } = z
    .object({
      services: z.record(z.string(), service),
      volumes: z.record(z.string(), z.null()),
      networks: z.object({
        inside: z.object({ ipam: z.object({ config: z.tuple([z.object({ subnet: z.string() })]) }) }),
      }),
    })
    .parse(parse(read('deploy/scaled/compose.yaml'), { merge: true }));

  test('names only what there is, and gives each part its own volume', () => {
    const own: string[] = [];
    for (const [name, each] of Object.entries(services)) {
      for (const other of Object.keys(each.depends_on ?? {})) expect(services).toHaveProperty(other);
      for (const volume of each.volumes) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('.')) expect(existsSync(join(deploy, 'scaled', from)), from).toBe(true);
        else {
          expect(volumes, name).toHaveProperty(from);
          own.push(from);
        }
      }
      if (each.build)
        expect(existsSync(join(deploy, 'scaled', each.build.context, each.build.dockerfile))).toBe(true);
    }
    expect(own.sort()).toEqual(Object.keys(volumes).sort());
  });

  test('has two web nodes and three workers on the primary', () => {
    const ours = Object.values(services).filter((each) => each.build);
    expect(ours.map(({ command }) => command?.join(' ')).sort()).toEqual([
      'serve --no-worker',
      'serve --no-worker',
      'worker',
      'worker',
      'worker',
    ]);
    for (const { environment } of ours) {
      expect(environment.KBALERTZ_DATABASE).toContain('@primary:5432/kbalertz');
      expect(environment.KBALERTZ_TRUSTED_PROXIES).toBe(networks.inside.ipam.config[0].subnet);
    }
  });

  test('has scripts that a shell understands', () => {
    for (const script of globSync('deploy/scaled/postgres/*.sh', { cwd: root })) {
      expect(spawnSync('bash', ['-n', join(root, script)]).status, script).toBe(0);
    }
  });
});

const systemd = findTool('systemd-analyze');
describe.skipIf(systemd.missingBecause !== null)(`systemd units${systemd.missingBecause ?? ''}`, () => {
  const units = [
    'systemd/kbalertz.service',
    'systemd/kbalertz-backup.service',
    'systemd/kbalertz-backup.timer',
    'scaled/systemd/kbalertz-web.service',
    'scaled/systemd/kbalertz-worker@.service',
  ];

  test('are understood by systemd', () => {
    // Where they are installed there is the program; here it is elsewhere.
    const copies = join(folder, 'units');
    mkdirSync(copies);
    for (const unit of units) {
      writeFileSync(join(copies, basename(unit)), read(`deploy/${unit}`).replaceAll('/opt/kbalertz', root));
    }
    const paths = units.map((unit) => join(copies, basename(unit).replace('@.', '@1.')));
    const { stderr, status } = spawnSync(systemd.path, ['verify', ...paths], { encoding: 'utf8' });
    const ours = stderr.split('\n').filter((line) => line.includes('kbalertz'));
    expect(ours).toEqual([]);
    expect(status).toBe(0);
  });

  test('leave little to whoever breaks in', () => {
    for (const unit of units.filter((name) => name.endsWith('.service'))) {
      const { stdout, status } = spawnSync(
        systemd.path,
        ['security', '--offline=true', '--threshold=15', '--no-pager', join(deploy, unit)],
        { encoding: 'utf8' },
      );
      expect(status, stdout.slice(-200)).toBe(0); // 15 stands for an exposure of 1.5 of 10
    }
  });

  test('start what there is', () => {
    for (const unit of units) {
      for (const [, path] of read(`deploy/${unit}`).matchAll(/\/opt\/kbalertz\/([\w./-]+)/g)) {
        expect(existsSync(join(root, path ?? '')), path).toBe(true);
      }
    }
  });
});
