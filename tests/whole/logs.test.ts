import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { findFreePort, startProgram } from './start-program.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

test('the log of a whole run names requests and scans, and no person, token or password', async () => {
  const metricsPort = await findFreePort();
  const metricsToken = 'metrics-token-of-this-test';
  const program = await startProgram({
    args: ['--starter'],
    until: '/a/KB910336',
    settings: {
      KBALERTZ_LOG: 'debug',
      KBALERTZ_METRICS: `127.0.0.1:${metricsPort}`,
      KBALERTZ_METRICS_TOKEN: metricsToken,
      // Nobody listens there: each attempt to send fails, and its error is logged with all that it says.
      KBALERTZ_SMTP: 'smtp://mailuser:mail-password@127.0.0.1:9',
      KBALERTZ_MAIL_FROM: 'alerts@kb.example.org',
    },
  });
  const post = (path: string, fields: Record<string, string>, cookie = '') =>
    fetch(program.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...form, cookie },
      body: new URLSearchParams(fields),
    });
  try {
    const link = /http:\S+\/first-administrator\/(\S+)/.exec(program.said().out);
    const administratorToken = link?.[1] ?? '';
    const made = await post(`/first-administrator/${administratorToken}`, { address: 'root@example.org' });
    const session = /session=([^;]+)/.exec(made.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect(session).not.toBe('');
    await post('/sign-up', { address: 'ada.lovelace@example.org' });
    await post('/sign-in', { address: 'root@example.org', password: 'a very wrong password' });
    await post('/sign-in', { address: 'root@example.org', 'by-link': '1' });
    const inventedToken = 'Q'.repeat(20) + 'x'.repeat(23);
    for (const path of [
      `/confirm/${inventedToken}`,
      `/u/${inventedToken}`,
      '/search?q=ada.lovelace@example.org',
      '/account',
      '/nowhere/ada.lovelace@example.org',
    ]) {
      await fetch(program.url + path, { headers: { cookie: `session=${session}` } });
    }
    const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`, {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    const measured = await metrics.text();
    expect(measured).toContain('kbalertz_http_request_duration_seconds_count');
    expect(measured).toContain('route="/confirm/:token"');
    await sleep(3000); // an attempt to send, at least

    const database = new BetterSqlite3(join(program.data, 'kbalertz.sqlite'), { readonly: true });
    const letters = database.prepare('select message from notices').pluck().all().map(String);
    database.close();
    const mailed = letters.flatMap((text) =>
      [...text.replace(/=\r?\n/g, '').matchAll(/\/(?:confirm|sign-in)\/([\w-]{20,})/g)].map(
        ([, token]) => token ?? '',
      ),
    );
    expect(mailed.length).toBeGreaterThan(0);

    const { err } = program.said();
    const secrets = [
      'ada.lovelace@example.org',
      'ada.lovelace%40',
      'root@example.org',
      'alerts@kb.example.org',
      'mail-password',
      'a very wrong password',
      administratorToken,
      session,
      inventedToken,
      metricsToken,
      ...mailed,
    ];
    for (const secret of secrets) expect(err.includes(secret), `the log holds ${secret}`).toBe(false);
    for (const text of [program.said().err, measured]) expect(text).not.toMatch(/[\w.]+@[\w.]+\.org/);

    const shape = z.looseObject({ level: z.number(), time: z.string(), msg: z.string() });
    const lines = err
      .trim()
      .split('\n')
      .map((line) => shape.parse(JSON.parse(line)));
    const scan = lines.find(({ msg }) => msg === 'scan ended');
    expect(scan).toMatchObject({ source: 'starter', scan: 1, state: 'done' });
    const answered = lines.filter(({ msg }) => msg === 'answered');
    expect(answered.map(({ route }) => route)).toContain('/u/:secret');
    expect(new Set(answered.map(({ id }) => id)).size).toBe(answered.length);
  } finally {
    await program.stop();
  }
});
