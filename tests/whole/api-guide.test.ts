import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSite, startSite } from './start-site.ts';

let site: RunningSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

test('every example of the guide works as it stands', async () => {
  await site.run('subscribe', 'anna@example.org', '--technology', 'windows', '--vouched');
  const made = await site.run(
    ...[
      'token',
      'create',
      'anna@example.org',
      '--name',
      'guide',
      '--scope',
      'read',
      'subscriptions',
      '--json',
    ],
  );
  const { secret } = JSON.parse(made.out) as { secret: string }; // as the command prints it
  const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/api.md'), 'utf8');
  const scripts = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, script = '']) => script);
  expect(scripts.length).toBeGreaterThan(4);
  for (const script of scripts) {
    const own = script
      .replaceAll('https://kb.example.org', site.url)
      .replaceAll(/^curl /gm, 'curl -sS --retry 5 --fail-with-body ');
    const { status, stdout, stderr } = spawnSync('sh', ['-euc', own], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', TOKEN: secret },
    });
    expect([script, status, stderr, status === 0 ? '' : stdout]).toEqual([script, 0, '', '']);
    expect(stdout).not.toBe('');
  }
});
