import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createNoticeStore } from './notices.ts';
import { createOutbox } from './outbox.ts';

const at = (ms: number) => asId<Instant>(ms);

describeOnBothDatabases('the outbox', (databases) => {
  test('lists what was accepted, newest first, in pages, and forgets what is old', async () => {
    const database = await databases.open();
    const [notices, outbox] = [createNoticeStore(database), createOutbox(database)];
    for (let n = 1; n <= 4; n++) {
      await notices.insertNotice({
        accountId: null,
        address: `${n}@example.org`,
        addressKey: `${n}@example.org`,
        kind: 'sign-in',
        subject: `Notice ${n}`,
        messageId: `<${n}@x>`,
        message: Buffer.from(`bytes ${n}`),
        createdAt: at(n),
      });
    }
    const letters = await notices.claimLetters({ now: at(3), limit: 9, leaseMs: 10, leaseToken: 't' });
    for (const letter of letters) {
      const outcome = { kind: 'accepted', response: 'ok' } as const;
      await notices.endAttempts([{ letter, outcome, endedAt: letter.queuedAt }]);
    }
    const subjects = async (before: Instant | null) =>
      (await outbox.listOutbox({ limit: 2, before })).map((entry) => entry.subject);
    expect(await subjects(null)).toEqual(['Notice 3', 'Notice 2']);
    expect(await subjects(at(2))).toEqual(['Notice 1']);
    const [newest] = await outbox.listOutbox({ limit: 1, before: null });
    expect(Buffer.from((await outbox.loadOutboxMessage(newest?.id ?? '')) ?? []).toString()).toBe('bytes 3');
    for (const id of ['notice-999', 'digest-1', 'notice-x', '../3', '']) {
      expect(await outbox.loadOutboxMessage(id)).toBeNull();
    }
    expect(await outbox.deleteMessages(at(3), 1)).toBe(1);
    expect(await outbox.deleteMessages(at(3), 9)).toBe(1);
    expect(await subjects(null)).toEqual(['Notice 3']);
  });
});
