import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiWorld, createApiWorld } from '../../tests/factories/api-world.ts';
import {
  type JsonDocument,
  type JsonOperation,
  requestsTo,
} from '../../tests/factories/described-requests.ts';
import { composeSearch } from '../entry/compose-search.ts';
import { createRemedyLibrary } from '../entry/remedies.ts';
import { buildIndex } from '../search/build-index.ts';
import { createSearch } from '../search/create-search.ts';
import type { Search } from '../search/search-answer.ts';
import { watchWrittenSource, writeSource } from '../store/scanning.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'kbalertz-contract-'));
let world: ApiWorld;
let server: Server;
let url: string;
let document: JsonDocument;
let callers: Record<string, string>[];

beforeAll(async () => {
  let search: Search | null = null;
  world = await createApiWorld({
    ports: { findSearch: () => search, remedies: createRemedyLibrary(join(folder, 'key.pem')) },
  });
  const written = writeSource();
  const { source, scanner } = await watchWrittenSource(world.database, written);
  for (const night of [1, 2, 3]) {
    written.show({
      'windows/a.md': `# Windows Update fails\n\n## Cause\n\nNight ${night} and [a link](b.md).\n\n1. Step ${night}.`,
      'b.md': '# Something else\n\n> [!NOTE]\n> A note.\n\n```sh\nls\n```',
      ...(night < 3 && { 'c.md': '# Gone soon\n\n| a | b |\n|---|---|\n| 1 | 2 |' }),
    });
    await scanner.scan(source);
  }
  const { feed, loadVocabulary } = composeSearch(world.database);
  const ids = await feed.listArticleIds({ after: null, limit: 100 });
  search = createSearch(buildIndex(await feed.loadDocuments(ids), await loadVocabulary()));

  const anna = await world.join('anna@example.org');
  await world.accounts.setRole(anna, 'administrator', { kind: 'operator' });
  callers = [
    {},
    await world.bearer(anna, 'read', 'subscriptions', 'feedback', 'administration'),
    await world.bearer(anna, 'read'),
    { authorization: 'Bearer kba_wrong' },
  ];
  server = serve({ fetch: world.api.fetch, port: 0, hostname: '127.0.0.1' }) as Server; // no HTTP/2 is asked for
  if (!server.listening) await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`; // it listens on a port
  document = (await (await fetch(`${url}/openapi.json`)).json()) as JsonDocument; // our own
});
afterAll(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the document passes the linter', () => {
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const linter = join(import.meta.dirname, '../../node_modules/.bin/redocly');
  const { status, stdout, stderr } = spawnSync(linter, ['lint', file, '--format=stylish'], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
      CI: 'true',
    },
  });
  expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, '']);
}, 60_000);

/** Answers may hold nothing that is not described: then a client's types tell all. */
function withoutStrangers(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutStrangers);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(
    Object.entries(schema).map(([name, part]) => [name, withoutStrangers(part)]),
  );
  const isClosed = 'properties' in parts && !('additionalProperties' in parts);
  return isClosed ? { ...parts, additionalProperties: false } : parts;
}

test('every operation answers valid and invalid requests as it is described', async () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(withoutStrangers({ $id: 'api', components: document.components }) as object); // it was one
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (pointer: string, schema: object): ValidateFunction => {
    const known = validators.get(pointer);
    if (known !== undefined) return known;
    const whole = JSON.parse(JSON.stringify(withoutStrangers(schema)).replaceAll('"#/', '"api#/'));
    const made = ajv.compile(whole);
    validators.set(pointer, made);
    return made;
  };
  const check = (schema: object, pointer: string, value: unknown, where: string) => {
    const validate = validatorOf(pointer, schema);
    if (!validate(value))
      throw new Error(`${where}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
  };
  const tally = new Map<string, number>();

  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const request = fc.tuple(
        requestsTo(document, { path, method, operation }),
        fc.nat({ max: 9 }).map((n) => callers[n < 7 ? 1 : n - 7 === 1 ? 2 : n - 7 === 2 ? 3 : 0] ?? {}),
      );
      await fc.assert(
        fc.asyncProperty(request, async ([made, caller]) => {
          world.wait(61_000); // rates are tested elsewhere
          const answer = await fetch(url + made.path, {
            method: made.method,
            headers: { ...made.headers, ...caller },
            ...(made.body !== undefined && { body: made.body }),
          });
          const where = `${made.method} ${made.path} ${answer.status}`;
          tally.set(String(answer.status), (tally.get(String(answer.status)) ?? 0) + 1);
          await checkAnswer(answer, operation, where);
        }),
        { numRuns: 30 },
      );
    }
  }
  expect(world.problems).toEqual([]);
  // The requests are not all refused, and not all taken.
  expect(tally.get('200')).toBeGreaterThan(200);
  expect(tally.get('400')).toBeGreaterThan(50);

  async function checkAnswer(answer: Response, operation: JsonOperation, where: string): Promise<void> {
    const text = await answer.text();
    const described = operation.responses[String(answer.status)];
    if (answer.status === 500 || described === undefined)
      throw new Error(`${where} is not described: ${text}`);
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const content = described.content?.[type];
    if (described.content === undefined) return expect(text).toBe('');
    if (content === undefined) throw new Error(`${where} is of type ${type}, which is not described.`);
    const pointer = `${operation.operationId} ${answer.status} ${type}`;
    if (type.endsWith('ndjson')) {
      for (const line of text.split('\n').slice(0, -1))
        check(content.schema, pointer, JSON.parse(line), where);
    } else if (type.endsWith('json')) check(content.schema, pointer, JSON.parse(text), where);
    return undefined;
  }
}, 240_000);

test('what no operation takes is a problem, too', async () => {
  const [, token = {}] = callers;
  const ask = async (path: string, init: RequestInit) => {
    world.wait(61_000);
    return fetch(`${url}${path}`, init);
  };
  const json = { ...token, 'content-type': 'application/json' };
  const cases: [number, Response][] = [
    [404, await ask('/nothing', {})],
    [405, await ask('/articles', { method: 'DELETE', headers: token })],
    [413, await ask('/subscriptions', { method: 'POST', headers: json, body: `"${'x'.repeat(70_000)}"` })],
    [
      415,
      await ask('/subscriptions', {
        method: 'POST',
        headers: { ...token, 'content-type': 'text/xml' },
        body: '<a/>',
      }),
    ],
    [400, await ask('/subscriptions', { method: 'POST', headers: json, body: '{' })],
  ];
  for (const [status, answer] of cases) {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status });
  }
  expect(cases[1]?.[1].headers.get('allow')).toBe('GET, HEAD');
  const options = await ask('/articles', { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD']);
  const head = await ask('/articles', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const zipped = await ask('/openapi.json', { headers: { 'accept-encoding': 'gzip' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
});

test('a repeated request with an idempotency key is done once', async () => {
  const { request, ports, bearer, join: signUp } = await createApiWorld();
  const ben = await signUp('ben@example.org');
  const headers = await bearer(ben, 'subscriptions');
  const follow = (key: string, query: string) =>
    request('/subscriptions', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ followed: { kind: 'search', query } }),
    });
  const first = await follow('"one"', 'outlook');
  const again = await follow('one', 'outlook');
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(await again.text()).toBe(await first.text());
  expect((await follow('one', 'teams')).status).toBe(422);
  expect((await follow('two', 'outlook')).status).toBe(200);
  expect((await follow('not a key', 'x')).status).toBe(400);
  const both = await Promise.all([follow('three', 'exchange'), follow('three', 'exchange')]);
  expect(both.map(({ status }) => status).toSorted()).toContain(201);
  expect(await ports.subscriptions.listSubscriptions(ben)).toHaveLength(2);
});

test('who asks too often is told when to come back', async () => {
  const { request, wait } = await createApiWorld();
  let answer = await request('/sources');
  expect(answer.headers.get('ratelimit-policy')).toBe('"anybody";q=60;w=60');
  expect(answer.headers.get('ratelimit')).toBe('"anybody";r=59;t=60');
  for (let n = 0; n < 60; n += 1) answer = await request('/sources');
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('60');
  wait(60_000);
  expect((await request('/sources')).status).toBe(200);
});
