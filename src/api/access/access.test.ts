import { describe, expect, test } from 'vitest';
import { type ApiWorld, createApiWorld } from '../../../tests/factories/api-world.ts';
import type { AccountId } from '../../knowledge/ids.ts';

type Described = { security: Record<string, string[]>[]; requestBody?: object; operationId: string };
type Walked = { method: string; path: string; operation: Described; scope: string | null };

/** Every operation of the document, with numbers and names in its path that are the other account's where it has any. */
async function listOperations({ read }: ApiWorld, own: Record<string, string>): Promise<Walked[]> {
  const document: { paths: Record<string, Record<string, Described>> } = await read('/openapi.json');
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replace(/\{(\w+)\}/g, (_, name: string) => own[name] ?? '1'),
      operation,
      scope: operation.security.some((way) => Object.keys(way).length === 0)
        ? null
        : (operation.security[0]?.token?.[0] ?? 'none'),
    })),
  );
}

const bodies: Record<string, unknown> = {
  createSubscription: { followed: { kind: 'search', query: 'outlook' } },
  changeSubscription: { threshold: 'minor' },
  giveFeedback: { outcome: 'yes', text: 'It worked.' },
};

async function createTwoUsers() {
  const world = await createApiWorld();
  const [anna, ben] = [await world.join('anna@example.org'), await world.join('ben@example.org')];
  const article = await world.ledger.addArticle('Of both');
  const followed = await world.ports.subscriptions.follow({
    accountId: anna,
    followed: { kind: 'article', articleId: article },
    threshold: 'material',
    now: world.clock.now(),
  });
  if (followed.kind !== 'followed') throw new Error(followed.kind);
  await world.database.db
    .insertInto('digests')
    .values({
      account_id: anna,
      local_date: '2026-03-02',
      time_zone: 'UTC',
      planned_at: world.clock.now(),
      previous_planned_at: null,
    })
    .execute();
  const annas = String(followed.subscription.id);
  const operations = await listOperations(world, {
    subscription: annas,
    date: '2026-03-02',
    article: String(article),
    source: 'source-1',
    technology: 'windows',
    remedy: 'none',
    script: 'none.sh',
  });
  const call = ({ method, path, operation }: Walked, headers: Record<string, string>) => {
    const body = bodies[operation.operationId];
    // Each from a network of its own, so that no rate is met.
    return world.request(path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  };
  return { world, anna, ben, annas, operations, call };
}

async function makeAdministrator({ accounts }: ApiWorld, id: AccountId) {
  await accounts.setRole(id, 'administrator', { kind: 'operator' });
}

describe('every operation of the document', () => {
  test('is open to nobody in particular only where it says so', async () => {
    const { operations, call, world } = await createTwoUsers();
    for (const walked of operations) {
      const { status } = await call(walked, {});
      if (walked.scope === null) expect([walked.path, status]).not.toEqual([walked.path, 403]);
      else expect([walked.path, status]).toEqual([walked.path, 401]);
    }
    expect(operations.filter(({ scope }) => scope !== null).length).toBeGreaterThan(7);
    expect(world.problems).toEqual([]);
  });

  test('refuses tokens that are wrong, expired or revoked', async () => {
    const { world, anna, operations, call } = await createTwoUsers();
    await makeAdministrator(world, anna);
    const all = ['read', 'subscriptions', 'feedback', 'administration'] as const;
    const revoked = await world.bearer(anna, ...all);
    for (const token of await world.apiTokens.listTokens(anna)) {
      await world.apiTokens.revokeToken(anna, token.id, { kind: 'operator' });
    }
    const expired = await world.bearer(anna, ...all);
    world.wait(31 * 86_400_000);
    const wrong = { authorization: `Bearer kba_${'A'.repeat(43)}` };
    for (const headers of [wrong, revoked, expired, { authorization: 'Basic YTpi' }]) {
      world.wait(61_000);
      for (const walked of operations) {
        const answer = await call(walked, headers);
        expect([walked.path, answer.status]).toEqual([walked.path, 401]);
        expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
      }
    }
  });

  test('refuses tokens that lack its scope, and no other', async () => {
    const { world, anna, operations, call } = await createTwoUsers();
    await makeAdministrator(world, anna);
    const all = ['read', 'subscriptions', 'feedback', 'administration'] as const;
    for (const walked of operations) {
      if (walked.scope === null) continue;
      const lacking = await world.bearer(anna, ...all.filter((scope) => scope !== walked.scope));
      const refused = await call(walked, lacking);
      expect([walked.path, refused.status]).toEqual([walked.path, 403]);
      const having = await world.bearer(anna, ...all.filter((scope) => scope === walked.scope));
      expect([401, 403]).not.toContain((await call(walked, having)).status);
    }
  });

  test('shows and changes nothing of another account', async () => {
    const { world, anna, ben, annas, operations, call } = await createTwoUsers();
    const headers = await world.bearer(ben, 'read', 'subscriptions', 'feedback');
    for (const walked of operations) {
      if (walked.scope === null || walked.scope === 'administration') continue;
      const answer = await call(walked, headers);
      const text = await answer.text();
      if (/^\/(subscriptions|digests)\/./.test(walked.path)) {
        expect([walked.path, answer.status]).toEqual([walked.path, 404]);
      }
      expect(text).not.toContain('Of both');
    }
    const own = await world.bearer(anna, 'read');
    expect((await world.request('/digests/2026-03-02', { headers: own })).status).toBe(200);
    expect((await world.request(`/subscriptions/${annas}`, { headers: own })).status).toBe(200);
    expect(await world.ports.subscriptions.listSubscriptions(anna)).toMatchObject([
      { id: Number(annas), threshold: 'material' },
    ]);
  });

  test('for administration asks for the role at each call', async () => {
    const { world, anna, ben } = await createTwoUsers();
    await makeAdministrator(world, anna);
    await makeAdministrator(world, ben);
    const headers = await world.bearer(anna, 'administration');
    const scan = { method: 'POST', headers };
    expect((await world.request('/sources/source-1/scans', scan)).status).toBe(404);
    await world.accounts.setRole(anna, 'reader', { kind: 'operator' });
    expect((await world.request('/sources/source-1/scans', scan)).status).toBe(403);
  });
});
