import { expect, test } from 'vitest';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';

test('a curator makes a rule for a source and withdraws it, and both are in the audit trail', async () => {
  const { signIn, get, post, accounts, ledger, database, ports } = await createSiteWorld();
  const { cookie, accountId } = await signIn('ada@example.org');
  expect((await get('/curation/rules', { cookie })).status).toBe(404);
  await accounts.setRole(accountId, 'curator', { kind: 'operator' });
  await ledger.addTechnology('Outlook');
  const [source] = await ports.archive.listSources();
  const article = await ledger.addArticle('Mail waits');
  const [technology] = await ports.archive.listTechnologies();
  const link = { article_id: article, technology_id: technology?.id ?? 0 };
  await database.db.insertInto('article_technologies').values(link).execute();
  expect(await (await get('/curation/rules', { cookie })).text()).toContain('There is no rule yet.');

  const form = { source: source?.name ?? '', technology: 'Outlook', instead: '' };
  const unknown = await post('/curation/rules', { ...form, instead: 'Nobody knows it' }, { cookie });
  expect(unknown.headers.get('location')).toContain('said=no-technology');
  const made = await post('/curation/rules', form, { cookie });
  const page = await (await get(made.headers.get('location') ?? '', { cookie })).text();
  expect(page).toContain('The rule holds');
  expect(page).toContain('none of it');
  expect(await ports.archive.listTechnologiesOfArticle(article)).toEqual([]);
  const again = await post('/curation/rules', form, { cookie });
  expect(again.headers.get('location')).toContain('said=rule-there-is-one');
  const path = /action="(\/curation\/rules\/\d+\/withdraw)"/.exec(page)?.[1] ?? '';
  expect((await post(path, {}, { cookie })).headers.get('location')).toContain('said=rule-withdrawn');

  const records = await ports.audit.listAudit({ limit: 5, action: 'technology-rule' });
  expect(records.map(({ action, actor, detail }) => [action, actor, detail])).toEqual([
    ['technology-rule.withdrawn', { kind: 'account', id: accountId }, {}],
    [
      'technology-rule.made',
      { kind: 'account', id: accountId },
      { source: source?.name, technology: technology?.slug, instead: null, articles: 1 },
    ],
  ]);
});
