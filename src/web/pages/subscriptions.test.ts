import { expect, test } from 'vitest';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';
import { asId } from '../../knowledge/ids.ts';

test('readers’ feedback is chosen and given up for an article, by a form of its follower', async () => {
  const world = await createSiteWorld();
  const { cookie, accountId } = await world.signIn('ada@example.org');
  const article = await world.ledger.addArticle('Updates <fail>');
  const made = await world.ports.subscriptions.follow({
    accountId,
    followed: { kind: 'article', articleId: article },
    threshold: 'material',
    now: asId(0),
  });
  if (made.kind !== 'followed') throw new Error(made.kind);
  const path = `/account/subscriptions/${made.subscription.id}/feedback`;
  const page = async () => (await world.get('/account', { cookie })).text();
  const isChosen = async () =>
    (await world.ports.subscriptions.findSubscription(accountId, made.subscription.id))?.withFeedback;

  expect(await page()).toContain(`action="${path}"`);
  expect(await page()).toContain('without readers’ feedback');
  const answer = await world.post(path, { wanted: 'yes' }, { cookie });
  expect(answer.headers.get('location')).toBe('/account?said=saved');
  expect(await isChosen()).toBe(true);
  expect(await page()).toContain('with readers’ feedback');

  const other = await world.signIn('eve@example.org');
  const refused = await world.post(path, { wanted: 'no' }, { cookie: other.cookie });
  expect(refused.headers.get('location')).toBe('/account?said=not-found');
  const foreign = { cookie, headers: { 'sec-fetch-site': 'cross-site' } };
  expect((await world.post(path, { wanted: 'no' }, foreign)).status).toBe(403);
  expect(await isChosen()).toBe(true);

  await world.post(path, { wanted: 'no' }, { cookie });
  expect(await isChosen()).toBe(false);
});

test('a technology has no feedback to choose', async () => {
  const world = await createSiteWorld();
  const { cookie } = await world.signIn('ada@example.org');
  const technology = await world.ledger.addTechnology('Teams');
  await world.post('/follow', { follow: `technology:${technology}` }, { cookie });
  expect(await (await world.get('/account', { cookie })).text()).not.toContain('readers’ feedback');
});
