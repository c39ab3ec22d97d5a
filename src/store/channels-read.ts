import { z } from 'zod';
import type { Channel, ChannelTarget } from '../alerts/channel.ts';
import { asId } from '../knowledge/ids.ts';
import type { Row } from './schema.ts';
import { channelOwner } from './seal-existing.ts';
import type { Sealer } from './sealer.ts';

const url = z.string();
const targetShape: z.ZodType<ChannelTarget> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), url, secret: z.string() }),
  z.object({ kind: z.literal('slack'), url }),
  z.object({ kind: z.literal('teams'), url }),
  z.object({ kind: z.literal('push'), url, p256dh: z.string(), auth: z.string() }),
]);
const stateShape = z.enum(['untested', 'active', 'paused', 'disabled']);

/** Throws SealError. */
export async function readChannel(row: Row<'channels'>, sealer: Sealer): Promise<Channel> {
  return {
    id: asId(row.id),
    accountId: asId(row.account_id),
    name: row.name,
    target: targetShape.parse(JSON.parse(await sealer.open(row.target, channelOwner(row.account_id)))),
    state: stateShape.parse(row.state),
    problem: row.problem,
    testedAt: row.tested_at === null ? null : asId(row.tested_at),
    createdAt: asId(row.created_at),
  };
}
