import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { createAccountsWorld } from '../../tests/factories/accounts-world.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createApiTokenStore } from './api-tokens.ts';
import { createIdempotentRequests } from './idempotent-requests.ts';

const at = (ms: number) => asId<Instant>(ms);

describeOnBothDatabases('tokens', (databases) => {
  async function openWorld() {
    const database = await databases.open();
    const world = await createAccountsWorld('https://kb.example.org', database);
    const [ada, bob] = [await world.join('ada@example.org'), await world.join('bob@example.org')];
    const store = createApiTokenStore(database);
    const insert = (accountId: typeof ada, tokenHash: string, expiresAt = 9_000) =>
      store.insertApiToken({
        accountId,
        name: 'a script',
        tokenHash,
        hint: 'kba_abcdef',
        scopes: ['read', 'feedback'],
        createdAt: at(1_000),
        expiresAt: at(expiresAt),
      });
    return { database, store, ada, bob, insert };
  }

  test('are found by their hash alone and listed for their owner, newest first', async () => {
    const { store, ada, bob, insert } = await openWorld();
    const [first, second] = [await insert(ada, 'h1'), await insert(ada, 'h2')];
    await insert(bob, 'h3');
    expect(await store.findApiToken('h1')).toEqual({ ...first, usedAt: null, revokedAt: null });
    expect(await store.findApiToken('none')).toBeNull();
    expect((await store.listApiTokens(ada)).map((token) => token.id)).toEqual([second.id, first.id]);
    await store.noteUse(first.id, at(2_000));
    expect((await store.findApiToken('h1'))?.usedAt).toBe(2_000);
    await expect(insert(bob, 'h1')).rejects.toThrow();
  });

  test('are revoked once, by their owner only, and forgotten when they ended', async () => {
    const { store, ada, bob, insert } = await openWorld();
    const [revoked, expired] = [await insert(ada, 'h1'), await insert(ada, 'h2', 1_500)];
    const live = await insert(ada, 'h3');
    expect(await store.revokeApiToken(bob, revoked.id, at(2_000))).toBe(false);
    expect(await store.revokeApiToken(ada, revoked.id, at(2_000))).toBe(true);
    expect(await store.revokeApiToken(ada, revoked.id, at(3_000))).toBe(false);
    expect((await store.findApiToken('h1'))?.revokedAt).toBe(2_000);
    expect(await store.deleteEndedApiTokens(at(1_800))).toBe(1);
    expect(await store.findApiToken('h2')).toBeNull();
    expect(expired.id).not.toBe(live.id);
    expect(await store.deleteEndedApiTokens(at(2_500))).toBe(1);
    expect((await store.listApiTokens(ada)).map((token) => token.id)).toEqual([live.id]);
  });

  test('claim a key once, also at the same time, and get the answer that was kept', async () => {
    const { database, ada, bob, insert } = await openWorld();
    const requests = createIdempotentRequests(database);
    const [{ id }, other] = [await insert(ada, 'h1'), await insert(bob, 'h2')];
    const claim = (tokenId = id, fingerprint = 'f', now = 1_000, abandonedBefore = 0) =>
      requests.claimKey({
        tokenId,
        key: 'k',
        fingerprint,
        now: at(now),
        abandonedBefore: at(abandonedBefore),
      });
    const kinds = (await Promise.all([claim(), claim(), claim()])).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['claimed', 'under-way', 'under-way']);
    expect(await claim(other.id)).toEqual({ kind: 'claimed' });
    expect(await claim(id, 'another request')).toEqual({ kind: 'other-request' });
    // Whoever claimed it ended without an answer.
    expect(await claim(id, 'f', 9_000, 5_000)).toEqual({ kind: 'claimed' });
    const answer = { status: 201, headers: { location: '/x' }, body: '{}' };
    const claimed = { tokenId: id, key: 'k', claimedAt: at(9_000) };
    expect(await requests.keepAnswer({ ...claimed, claimedAt: at(1_000) }, answer)).toBe(false);
    await requests.releaseKey({ ...claimed, claimedAt: at(1_000) });
    expect((await claim()).kind).toBe('under-way');
    expect(await requests.keepAnswer(claimed, answer)).toBe(true);
    expect(await requests.keepAnswer(claimed, answer)).toBe(false);
    expect(await claim(id, 'f', 99_000, 98_000)).toEqual({ kind: 'answered', answer });
    await requests.releaseKey(claimed);
    expect((await claim()).kind).toBe('answered');
    await requests.releaseKey({ tokenId: other.id, key: 'k', claimedAt: at(1_000) });
    expect(await claim(other.id, 'anything')).toEqual({ kind: 'claimed' });
    expect(await requests.forgetBefore(at(10_000))).toBe(2);
  });
});
