import { describe, expect, test } from 'vitest';
import { createApiWorld } from '../../tests/factories/api-world.ts';
import { followWithFeedback } from '../../tests/factories/follow-with-feedback.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import { createDigestLedger } from '../store/digests.ts';

describe('the API', () => {
  test('lists articles page by page, none twice and none left out', async () => {
    const { ledger, read } = await createApiWorld();
    for (let n = 0; n < 7; n += 1) await ledger.addArticle(`Article ${n}`);
    const titles: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      type Page = { items: { title: string }[]; next: string | null };
      const page: Page = await read(`/articles?limit=3${after === '' ? '' : `&after=${after}`}`);
      titles.push(...page.items.map((item) => item.title));
      after = page.next;
    }
    expect(titles).toEqual(Array.from({ length: 7 }, (_, n) => `Article ${n}`));
  });

  test('names every fault of a request', async () => {
    const { request } = await createApiWorld();
    const answer = await request('/articles?limit=0&sinze=x');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ errors: [{ name: 'limit' }, { name: 'sinze' }] });
  });

  test('answers with a problem where nothing is', async () => {
    const { request } = await createApiWorld();
    for (const path of ['/nothing', '/articles/99', '/articles/99/nothing']) {
      const answer = await request(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ status: 404, title: 'There is no such thing' });
    }
  });

  test('notes what went wrong under the reference that the caller gets', async () => {
    const { request, problems } = await createApiWorld({
      ports: {
        findSearch: () => {
          throw new Error('broken');
        },
      },
    });
    const answer = await request('/search?q=a');
    expect(answer.status).toBe(500);
    expect(problems).toMatchObject([{ path: '/api/v1/search' }]);
    const [noted] = problems as { reference: string }[]; // as ApiLog gets it
    expect(await answer.json()).toMatchObject({ reference: noted?.reference });
  });

  test('describes itself for programs and for people', async () => {
    const { request, read } = await createApiWorld();
    const document: { openapi: string; paths: object } = await read('/openapi.json');
    expect(document.openapi).toBe('3.1.0');
    const page = await (await request('/reference')).text();
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  });
});

test('a digest has what it told of readers', async () => {
  const world = await createApiWorld();
  const ada = await world.join('ada@example.org');
  const feedback = await followWithFeedback(world.ledger, ada);
  world.wait(86_400_000);
  await planDigests({ ledger: createDigestLedger(world.database), clock: world.clock });
  const headers = await world.bearer(ada, 'read');
  const { items } = await world.read<{ items: { date: string }[] }>('/digests', { headers });
  expect(items).toMatchObject([{ changes: 0, feedback: 1 }]);
  expect(await world.read(`/digests/${items[0]?.date}`, { headers })).toMatchObject({
    told: [],
    said: [{ id: feedback, title: 'Updates fail', author: 'Grace', outcome: 'yes', text: 'It worked.' }],
  });
});
