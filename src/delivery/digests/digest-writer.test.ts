import { expect, test } from 'vitest';
import type { DigestDesk, UnwrittenDigest } from '../../alerts/digest-desk.ts';
import { asId } from '../../knowledge/ids.ts';
import { createMessageLinks } from '../messages/message-settings.ts';
import { createDigestWriter } from './digest-writer.ts';

const digest = (id: number): UnwrittenDigest => ({
  deliveryId: asId(id),
  leaseToken: 't',
  material: {
    id: asId(id),
    localDate: '2026-03-02',
    timeZone: id === 2 ? 'No/Where' : 'UTC',
    plannedAt: asId(0),
    previousPlannedAt: null,
    account: { id: asId(id), address: 'ada@example.org', digestHour: 7, unsubscribeSecret: 's' },
    changes: [
      {
        id: asId(id),
        articleId: asId(1),
        sourceId: asId(1),
        scanId: asId(1),
        kind: 'created',
        fromRevision: null,
        toRevision: 1,
        significance: 'material',
        reasons: [],
        passage: null,
        bulkEditId: null,
        alerts: true,
        occurredAt: asId(0),
        recordedAt: asId(0),
        technologies: [],
        article: {
          id: asId(1),
          sourceId: asId(1),
          key: 'a',
          title: 'A',
          externalIds: [],
          url: null,
          state: 'active',
          retiredBecause: null,
          revision: 1,
          createdAt: asId(0),
          changedAt: asId(0),
        },
        subscription:
          id === 3
            ? null
            : {
                id: asId(1),
                accountId: asId(id),
                followed: { kind: 'article', articleId: asId(1) },
                title: 'A',
                threshold: 'material',
                withFeedback: false,
                createdAt: asId(0),
              },
      },
    ],
    bulkEdits: new Map(),
    feedback: [],
  },
});

test('writes the others when one can not be written, ends those with nothing left, and tells', async () => {
  const waiting = [1, 2, 3, 4].map(digest);
  const [written, voided]: number[][] = [[], []];
  const desk: DigestDesk = {
    claimUnwritten: async ({ limit }) => waiting.splice(0, limit),
    keepMessage: async ({ deliveryId }) => Boolean(written?.push(deliveryId)),
    voidDelivery: async ({ deliveryId }) => Boolean(voided?.push(deliveryId)),
  };
  const writer = createDigestWriter({
    desk,
    library: { loadDocument: async () => null, judgeEdit: async () => null },
    settings: {
      from: { name: 'kbalertz', address: 'alerts@kb.example.org' },
      unsubscribeAddress: 'unsubscribe@kb.example.org',
      links: createMessageLinks('https://kb.example.org'),
    },
    clock: { now: () => asId(0) },
  });
  await expect(writer.writeSome()).rejects.toThrow('1 of 4 digests could not be written');
  expect(written).toEqual([1, 4]);
  expect(voided).toEqual([3]);
  expect(await writer.writeSome()).toBe(0);
});
