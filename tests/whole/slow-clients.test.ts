import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningProgram, startProgram } from './start-program.ts';

let program: RunningProgram;
beforeAll(async () => {
  program = await startProgram({ args: ['--no-worker'] });
});
afterAll(() => program?.stop());

/** Sends text over a connection, then `drip` every second, until the other side hangs up. */
function talk(text: string, drip: string | null): Promise<{ answer: string; seconds: number }> {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const socket = connect(program.port, '127.0.0.1');
    let answer = '';
    const dripping = setInterval(() => {
      if (drip !== null) socket.write(drip);
    }, 1000);
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('error', () => {}); // it may be reset while we write
    socket.on('close', () => {
      clearInterval(dripping);
      resolve({ answer, seconds: (performance.now() - startedMs) / 1000 });
    });
    socket.write(text);
  });
}

const statusOf = ({ answer }: { answer: string }) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
const head = 'Host: localhost\r\nConnection: close\r\n';
const formHead = `POST /sign-in HTTP/1.1\r\n${head}Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n`;

describe('a client', () => {
  test('that dawdles over its headers or its body is let go, and holds nobody up', async () => {
    const slow = [
      ...Array.from({ length: 50 }, () => talk(`GET / HTTP/1.1\r\n${head}`, 'X-A: b\r\n')),
      ...Array.from({ length: 50 }, () => talk(`${formHead}Content-Length: 4000\r\n\r\naddress=`, 'x')),
    ];
    const startedMs = performance.now();
    expect((await fetch(`${program.url}/status`)).status).toBe(200);
    expect(performance.now() - startedMs).toBeLessThan(5000);
    const ended = await Promise.all(slow);
    const longest = (some: typeof ended) => Math.max(...some.map(({ seconds }) => seconds));
    expect(longest(ended.slice(0, 50))).toBeLessThan(20);
    expect(longest(ended.slice(50))).toBeLessThan(45);
  }, 90_000);

  test.each([
    ['too many headers', `GET / HTTP/1.1\r\n${head}X-A: ${'a'.repeat(20_000)}\r\n\r\n`, [431]],
    ['two lengths', `${formHead}Content-Length: 3\r\nContent-Length: 4\r\n\r\na=b`, [400]],
    [
      'a length and chunks',
      `${formHead}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      [400],
    ],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
    ['a body beyond every form', `${formHead}Content-Length: 3000000\r\n\r\na=b`, [413]],
    ['chunks that are none', `${formHead}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, [400]],
  ])('that sends %s is refused', async (_what, request, statuses) => {
    expect(statuses).toContain(statusOf(await talk(request, null)));
  });

  test('that asks for its own words back (TRACE) gets none', async () => {
    const { answer } = await talk(`TRACE / HTTP/1.1\r\n${head}X-Secret: mirrored\r\n\r\n`, null);
    expect(statusOf({ answer })).toBeGreaterThanOrEqual(400);
    expect(answer).not.toContain('mirrored');
  });
});
