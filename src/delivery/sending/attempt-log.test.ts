import { describe, expect, test } from 'vitest';
import type { AttemptEnd } from '../../alerts/letter-queue.ts';
import { asId } from '../../knowledge/ids.ts';
import { createAttemptLog } from './attempt-log.ts';

function endOf(id: number): AttemptEnd {
  return {
    letter: {
      id,
      address: `reader${id}@example.org`,
      messageId: `<${id}@x>`,
      message: Buffer.from(`message ${id}`),
      attempt: 1,
      queuedAt: asId(0),
      leaseToken: 'l',
      leaseUntil: asId(1000),
    },
    outcome: { kind: 'accepted', response: '250 2.0.0 OK' },
    endedAt: asId(1),
  };
}

describe('ends of attempts', () => {
  test('are kept once the database is back', async () => {
    const kept: number[] = [];
    let failures = 4;
    const pauses: number[] = [];
    const log = createAttemptLog(
      {
        endAttempts: async (ends) => {
          if (failures-- > 0) throw new Error('the database is away');
          kept.push(...ends.map((end) => end.letter.id));
          return { late: 0 };
        },
      },
      async (ms) => pauses.push(ms),
    );
    log.add(endOf(1));
    log.add(endOf(2));
    expect(await log.flush()).toBe(0);
    expect(kept).toEqual([1, 2]);
    expect(pauses).toEqual([100, 200, 400, 800]);
  });

  test('are given up after about a minute, and whoever waits is told', async () => {
    let waited = 0;
    const log = createAttemptLog(
      {
        endAttempts: async () => {
          throw new Error('the database is away');
        },
      },
      async (ms) => {
        waited += ms;
      },
    );
    log.add(endOf(1));
    await expect(log.flush()).rejects.toThrow('the database is away');
    expect(waited).toBeGreaterThanOrEqual(60_000);
    expect(waited).toBeLessThan(70_000);
    expect(await log.flush()).toBe(0);
  });
});
