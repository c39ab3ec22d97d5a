import { expect, test } from 'vitest';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';

async function createTeamWorld() {
  const world = await createSiteWorld();
  const [ada, eve] = [await world.signIn('ada@example.org'), await world.signIn('eve@example.org')];
  const made = await world.post('/teams', { name: 'Messaging <b>' }, ada);
  const path = (made.headers.get('location') ?? '').replace(/\/following.*/, '');
  return { ...world, ada, eve, path };
}

test('who is no member sees 404 everywhere, whatever is asked, and changes nothing', async () => {
  const { ada, eve, path, get, post, ports, problems, ledger } = await createTeamWorld();
  const technology = await ledger.addTechnology('Exchange Online');
  await post(`${path}/following`, { technology: 'Exchange Online' }, ada);
  const [team] = await ports.teams.listTeamsOf(ada.accountId);
  if (team === undefined) throw new Error('no team');
  const [own] = await ports.subscriptions.listSubscriptions(team.accountId);
  expect(own?.followed).toEqual({ kind: 'technology', technologyId: technology });
  const pages = ['', '/following', '/channels', '/members', '/reports', '/reports/2026-03-02'];
  const forms: [string, Record<string, string>][] = [
    ['/mark', { digest: '1', article: '1', state: 'done' }],
    ['/following', { query: 'x' }],
    [`/following/${own?.id}/threshold`, { threshold: 'new' }],
    [`/following/${own?.id}/stop`, {}],
    ['/channels', { kind: 'slack', url: 'https://hooks.slack.com/services/x' }],
    ['/channels/1/test', {}],
    ['/channels/1/remove', {}],
    ['/members/invite', { address: 'eve@example.org' }],
    ['/members/withdraw', { invitation: '1' }],
    ['/members/remove', { member: String(ada.accountId) }],
    ['/members/role', { member: String(eve.accountId), role: 'owner' }],
    ['/members/report', { wants: 'no' }],
    ['/members/mailbox', { address: 'eve@example.org' }],
    ['/members/mailbox/remove', {}],
    ['/members/resume', {}],
    ['/delete', { name: 'Messaging <b>' }],
  ];
  const before = JSON.stringify([
    await ports.teams.listMembers(team),
    await ports.subscriptions.listSubscriptions(team.accountId),
  ]);
  for (const page of pages) {
    expect((await get(`${path}${page}`, eve)).status, page).toBe(404);
    expect((await get(`${path}${page}`)).headers.get('location'), page).toBe('/sign-in');
    if (!page.startsWith('/reports/')) expect((await get(`${path}${page}`, ada)).status, page).toBe(200);
  }
  for (const [action, fields] of forms) {
    expect((await post(`${path}${action}`, fields, eve)).status, action).toBe(404);
    expect((await post(`${path}${action}`, fields)).status, action).toBe(401);
  }
  const after = JSON.stringify([
    await ports.teams.listMembers(team),
    await ports.subscriptions.listSubscriptions(team.accountId),
  ]);
  expect(after).toBe(before);
  expect(problems).toEqual([]);
});

test('articles and technologies have a button to follow them for a team, for its members only', async () => {
  const { ada, eve, path, get, post, ports, ledger } = await createTeamWorld();
  const technology = await ledger.addTechnology('Exchange Online');
  const { slug } = (await ports.archive.listTechnologies())[0] ?? { slug: '' };
  const [team] = await ports.teams.listTeamsOf(ada.accountId);
  if (team === undefined) throw new Error('no team');
  const page = await (await get(`/technologies/${slug}`, ada)).text();
  expect(page).toContain(`<option value="${team.slug}">Messaging &lt;b&gt;</option>`);
  expect(await (await get(`/technologies/${slug}`, eve)).text()).not.toContain('Follow for the team');
  expect(await (await get(`/technologies/${slug}`)).text()).not.toContain('Follow for the team');
  const form = { follow: `technology:${technology}`, team: team.slug };
  expect((await post('/follow', form, eve)).status).toBe(404);
  expect((await post('/follow', form, ada)).headers.get('location')).toBe(`${path}/following?said=followed`);
  expect(await ports.subscriptions.listSubscriptions(team.accountId)).toMatchObject([
    { followed: { kind: 'technology', technologyId: technology } },
  ]);
  expect(await ports.subscriptions.listSubscriptions(ada.accountId)).toEqual([]);
});

test('an invitation makes a member once, who may not do what owners may', async () => {
  const { ada, eve, path, get, post, lastSecret, notices, ports } = await createTeamWorld();
  expect(
    (await post(`${path}/members/invite`, { address: 'eve@example.org' }, ada)).headers.get('location'),
  ).toContain('invited');
  expect(notices.at(-1)?.notice).toMatchObject({
    kind: 'team-invitation',
    team: 'Messaging <b>',
    inviter: 'ada@example.org',
  });
  const link = `/team-invitation/${lastSecret('eve@example.org')}`;
  expect(await (await get(link)).text()).toContain('Sign up');
  expect(await (await get(link, eve)).text()).toContain('Join as eve@example.org');
  expect((await post(link, {}, eve)).headers.get('location')).toBe(`${path}?said=team-joined`);
  expect((await post(link, {}, eve)).status).toBe(410);
  expect((await get(path, eve)).status).toBe(200);
  for (const action of ['/members/invite', '/members/role', '/members/mailbox', '/delete']) {
    expect(
      (await post(`${path}${action}`, { address: 'x@example.org', member: '1' }, eve)).status,
      action,
    ).toBe(403);
  }
  expect((await post(`${path}/members/remove`, { member: String(ada.accountId) }, eve)).status).toBe(400);
  await post(`${path}/members/remove`, { member: String(eve.accountId) }, eve);
  expect((await get(path, eve)).status).toBe(404);
  const actions = (await ports.audit.listAudit({ limit: 9 })).map((record) => record.action);
  expect(actions).toEqual(['team-member.removed', 'team-member.added', 'team.made']);
});

test('a shared mailbox is proven by a link, and signs nobody in', async () => {
  const { ada, path, get, post, lastSecret, notices, accounts, ports } = await createTeamWorld();
  await post(`${path}/members/mailbox`, { address: 'team@example.org' }, ada);
  const [team] = await ports.teams.listTeamsOf(ada.accountId);
  if (team === undefined) throw new Error('no team');
  expect((await ports.teams.findTeamAccount(team))?.address).toBe('');
  const changed = await post(`/change-address/${lastSecret('team@example.org')}`);
  expect(await changed.text()).toContain('team@example.org');
  expect(await (await get(`${path}/members`, ada)).text()).toContain('Digests are mailed to');
  const before = notices.length;
  await accounts.requestSignInLink({ address: 'team@example.org' });
  await accounts.signUp({ address: 'team@example.org' });
  expect(notices).toHaveLength(before);
  expect(await accounts.signInWithPassword({ address: 'team@example.org', password: '' })).toEqual({
    kind: 'refused',
  });
  await post(`${path}/members/mailbox/remove`, {}, ada);
  expect((await ports.teams.findTeamAccount(team))?.address).toBe('');
});
