import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findTool } from '../whole/find-tool.ts';
import { type RunningProgram, startProgram } from '../whole/start-program.ts';
import { ffufWords, sqlmapTargets } from './attack-targets.ts';
import { createWatch } from './watch-site.ts';

/**
 * Lets wapiti, sqlmap, ffuf and slowhttptest loose on a site of its own on loopback, as a signed-in reader, and tells
 * what they found and how the site bore it: `node tests/campaigns/attack-site.ts [--seconds 90]
 * [--only wapiti,ffuf] [--reports FOLDER]`.
 * Needs Debian's packages of these names. Nothing but the site that it started is asked.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '90' },
    only: { type: 'string' },
    reports: { type: 'string', default: 'attack-reports' },
  },
});
const secondsEach = Number(values.seconds);
/** wapiti lets each of its modules take a third of the time that the crawl has. */
const wapitiMs = (secondsEach * 4 + 60) * 1000;
const only = values.only?.split(',') ?? [];
/** Not ssrf and xxe: they ask a server on the web what reached it. */
const wapitiModules =
  'backup,cookieflags,crlf,csp,exec,file,htaccess,http_headers,methods,permanentxss,redirect,sql,xss';
/** The crawler of wapiti 3.0.4 writes a flag where Python no longer takes it (Debian bug of the package with 3.11). */
const mendedWapiti = `
import re, sys
original = re.compile
def mended(pattern, flags=0):
    if isinstance(pattern, str) and pattern.endswith('(?ms)'):
        return original(pattern[:-5], flags | re.M | re.S)
    return original(pattern, flags)
re.compile = mended
from wapitiCore.main.wapiti import wapiti_main
sys.exit(wapiti_main())`;

mkdirSync(values.reports, { recursive: true });

const program = await startProgram({ args: ['--starter'], until: '/a/KB910336' });
const cookie = await signIn(program);
const watch = createWatch(program.url, cookie);
try {
  await attack('wapiti', [
    ...['-u', `${program.url}/`, '--scope', 'folder', '--flush-session', '-S', 'normal', '-d', '4'],
    ...[
      '-H',
      `Cookie: ${cookie}`,
      '-H',
      'Sec-Fetch-Site: same-origin',
      '-H',
      'Accept-Encoding: identity',
      '-t',
      '10',
      '--no-bugreport',
    ],
    ...['-m', wapitiModules, '-x', `${program.url}/sign-out`, '-x', `${program.url}/account/delete`],
    ...['--max-links-per-page', '30', '--max-files-per-dir', '20', '-v', '1'],
    ...['--max-scan-time', String(secondsEach), '--max-attack-time', String(secondsEach / 3)],
    ...['-f', 'txt', '-o', join(values.reports, 'wapiti-report.txt')],
  ]);
  for (const [at, target] of sqlmapTargets.entries()) {
    await attack(`sqlmap-${at}`, [
      ...['-u', program.url + target.path, ...(target.data === null ? [] : ['--data', target.data])],
      ...[
        '--cookie',
        cookie,
        '--headers',
        'Sec-Fetch-Site: same-origin',
        '--batch',
        '--level',
        '2',
        '--risk',
        '2',
      ],
      ...[
        '--flush-session',
        '--disable-coloring',
        '--technique',
        'BEUS',
        '--dbms',
        'sqlite',
        '--threads',
        '4',
      ],
      ...['--ignore-code', '401,403,404,429', '--output-dir', values.reports],
    ]);
  }
  const words = join(values.reports, 'words.txt');
  writeFileSync(words, ffufWords.join('\n'));
  await attack('ffuf', [
    ...['-u', `${program.url}/FUZZ`, '-w', words, '-H', `Cookie: ${cookie}`, '-t', '8', '-mc', 'all'],
    ...[
      '-fc',
      '404',
      '-maxtime',
      String(secondsEach),
      '-s',
      '-of',
      'csv',
      '-o',
      join(values.reports, 'ffuf.csv'),
    ],
  ]);
  for (const [name, ...args] of [
    ['slow-headers', '-H', '-i', '5'],
    ['slow-body', '-B', '-i', '5', '-t', 'POST', '-s', '8192'],
    ['slow-read', '-X', '-n', '5', '-w', '10', '-y', '20', '-z', '32', '-k', '3'],
  ] as const) {
    await attack(`slowhttptest-${name}`, [
      ...[...args, '-c', '800', '-r', '200', '-l', String(Math.min(45, secondsEach)), '-p', '3', '-x', '24'],
      ...['-u', `${program.url}/a/KB910336`],
    ]);
  }
} finally {
  watch.stop();
  const { err } = program.said();
  writeFileSync(join(values.reports, 'log.jsonl'), err);
  console.log(
    `log: ${err.split('\n').filter((line) => line.includes('could not be made')).length} pages could not be made`,
  );
  await program.stop();
}

/** Runs a tool, ends it when its time is over, and says how the site answered others meanwhile. */
async function attack(name: string, args: readonly string[]): Promise<void> {
  const toolName = name.split('-')[0] ?? name;
  if (only.length > 0 && !only.includes(toolName)) return;
  const isWapiti = toolName === 'wapiti';
  const command = isWapiti ? '/usr/bin/python3' : findTool(toolName).path;
  watch.begin();
  const child = spawn(command, isWapiti ? ['-c', mendedWapiti, ...args] : args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: isWapiti ? wapitiMs : (secondsEach + 30) * 1000,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  writeFileSync(join(values.reports, `${name}.txt`), said);
  console.log(`${name}: exit ${code}; meanwhile ${watch.describe()}`);
}

async function signIn({ url, said }: RunningProgram): Promise<string> {
  const [link = ''] = /http:\S+\/first-administrator\/\S+/.exec(said().out) ?? [];
  const answer = await fetch(url + new URL(link).pathname, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ address: 'attacker@example.org' }),
  });
  const [cookie = ''] = answer.headers.get('set-cookie')?.split(';') ?? [];
  return cookie;
}
