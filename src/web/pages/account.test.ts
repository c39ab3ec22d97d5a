import { expect, test } from 'vitest';
import { followWithFeedback } from '../../../tests/factories/follow-with-feedback.ts';
import { createSiteWorld } from '../../../tests/factories/site-world.ts';

test('the next mail is shown with what readers said, and can come now for that alone', async () => {
  const { signIn, get, post, ledger, accounts, clock } = await createSiteWorld();
  const { cookie, accountId } = await signIn('ada@example.org');
  const before = await (await get('/account', { cookie })).text();
  expect(before).not.toContain('Send me today’s digest now');
  const feedback = await followWithFeedback(ledger, accountId);
  const page = await (await get('/account', { cookie })).text();
  expect(page).toContain('What readers said');
  expect(page).toContain(`#f${feedback}">Updates fail</a> <span class="quiet">Grace: Worked</span>`);
  expect(page).toContain('Send me today’s digest now');
  await post('/account/digest-now', {}, { cookie });
  expect((await accounts.findAccount(accountId))?.nextDigestAt).toBe(clock.now());
});
