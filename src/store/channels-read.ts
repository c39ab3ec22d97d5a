import { z } from 'zod';
import type { Channel, ChannelTarget } from '../alerts/channel.ts';
import { asId } from '../knowledge/ids.ts';
import type { Row } from './schema.ts';

const url = z.string();
const targetShape: z.ZodType<ChannelTarget> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), url, secret: z.string() }),
  z.object({ kind: z.literal('slack'), url }),
  z.object({ kind: z.literal('teams'), url }),
  z.object({ kind: z.literal('push'), url, p256dh: z.string(), auth: z.string() }),
]);
const stateShape = z.enum(['untested', 'active', 'paused', 'disabled']);

export function readChannel(row: Row<'channels'>): Channel {
  return {
    id: asId(row.id),
    accountId: asId(row.account_id),
    name: row.name,
    target: targetShape.parse(JSON.parse(row.target)),
    state: stateShape.parse(row.state),
    problem: row.problem,
    testedAt: row.tested_at === null ? null : asId(row.tested_at),
    createdAt: asId(row.created_at),
  };
}
