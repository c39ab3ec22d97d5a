import type { Channel } from './channel.ts';
import type { DigestDesk, UnwrittenDigest } from './digest-desk.ts';
import type { Letter, LetterQueue } from './letter-queue.ts';

/** A message that is ready to go by a channel: `message` is the same bytes at every attempt, as with mail. */
export type ChannelLetter = Letter & { readonly channel: Channel };

/** As LetterQueue, for everything that goes by channels other than mail. */
export type ChannelQueue = Pick<LetterQueue, 'endAttempts'> & {
  claimLetters(request: Parameters<LetterQueue['claimLetters']>[0]): Promise<ChannelLetter[]>;
};

export type UnwrittenChannelDigest = UnwrittenDigest & { readonly channel: Channel };

/** As DigestDesk, for everything that goes by channels other than mail. */
export type ChannelDesk = Pick<DigestDesk, 'keepMessage' | 'voidDelivery'> & {
  claimUnwritten(request: Parameters<DigestDesk['claimUnwritten']>[0]): Promise<UnwrittenChannelDigest[]>;
};
