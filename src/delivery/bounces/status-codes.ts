import type { BounceReason } from './bounce-reasons.ts';

export type StatusCodes = {
  /** `5.1.1`, RFC 3463. */
  readonly status: string | null;
  /** 550, RFC 5321. */
  readonly replyCode: number | null;
};

const statusPattern = /(?<![\d.:[-])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/g;
const replyPattern =
  /(?<![\d.:#/[@_-]|port )([245][0-5]\d)(?=[ -](?!bytes|kb|mb|days?|hours?|minutes)|$|[:;>]|\n)/gim;

/** The codes that a text gives; of several the most special one (`5.1.1` rather than `5.0.0`), else the first. */
export function readStatusCodes(text: string): StatusCodes {
  const statuses = [...text.matchAll(statusPattern)].map((match) => match[0]);
  const status = statuses.find((each) => !/^\d\.0\.0$/.test(each)) ?? statuses[0] ?? null;
  const replies = [...text.matchAll(replyPattern)].map((match) => Number(match[1]));
  const replyCode = replies.find((code) => code >= 400) ?? null;
  return { status, replyCode };
}

/** What an enhanced status code says by itself (RFC 3463, RFC 7372, RFC 7505 and the registry of codes at IANA). */
export function readReasonFromStatus(status: string | null): BounceReason | null {
  if (status === null) return null;
  const code = status.slice(2);
  return reasonOfCode[code] ?? reasonOfClass[code.split('.')[0] ?? ''] ?? null;
}

/** Codes that say one thing only, whatever words come with them. */
export function isDecisiveStatus(status: string | null): boolean {
  return /^\d\.(?:1\.6|7\.13|7\.17|7\.18|7\.2[0-9]|7\.606)$/.test(status ?? '');
}

const reasonOfCode: Readonly<Record<string, BounceReason>> = {
  '1.0': 'user-unknown',
  '1.1': 'user-unknown',
  '1.2': 'host-unknown',
  '1.3': 'user-unknown',
  '1.4': 'filtered',
  '1.6': 'has-moved',
  '1.7': 'rejected',
  '1.8': 'rejected',
  '1.9': 'system',
  '1.10': 'not-accepting',
  '2.1': 'suspended',
  '2.2': 'mailbox-full',
  '2.3': 'too-large',
  '2.4': 'system',
  '3.2': 'not-accepting',
  '3.4': 'too-large',
  '3.5': 'system',
  '4.1': 'expired',
  '4.3': 'system',
  '4.4': 'host-unknown',
  '4.5': 'system',
  '4.6': 'network',
  '4.7': 'expired',
  '7.7': 'content',
  '7.8': 'authentication',
  '7.9': 'authentication',
  '7.13': 'suspended',
  '7.17': 'has-moved',
  '7.18': 'has-moved',
  '7.20': 'authentication',
  '7.21': 'authentication',
  '7.22': 'authentication',
  '7.23': 'authentication',
  '7.24': 'authentication',
  '7.25': 'blocked',
  '7.26': 'authentication',
  '7.27': 'rejected',
  '7.28': 'rate',
  '7.606': 'blocked',
};

/** Codes whose detail is unknown: the class in the middle. A class alone never says that an address is gone. */
const reasonOfClass: Readonly<Record<string, BounceReason>> = {
  '1': 'rejected',
  '2': 'filtered',
  '3': 'system',
  '4': 'network',
  '5': 'protocol',
  '6': 'content',
  '7': 'policy',
};

/** What a reply code says by itself (RFC 5321, RFC 7504); 550 means too many things to say anything. */
export function readReasonFromReply(replyCode: number | null): BounceReason | null {
  switch (replyCode) {
    case 521:
    case 556:
      return 'not-accepting';
    case 551:
      return 'has-moved';
    case 552:
    case 452:
      return 'mailbox-full';
    case 530:
    case 535:
      return 'authentication';
    case 421:
      return 'network';
    case 500:
    case 501:
    case 502:
    case 503:
    case 504:
      return 'protocol';
    default:
      return null;
  }
}
