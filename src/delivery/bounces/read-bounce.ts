import { type AmazonFailure, readAmazonNotification } from './amazon-notification.ts';
import type { BouncedRecipient, BounceKind, BounceReport } from './bounce-report.ts';
import { type RecipientStatus, readDeliveryStatus } from './delivery-status.ts';
import { readFeedbackReport } from './feedback-report.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { headerOf } from './mail-headers.ts';
import { type Mail, readMailParts } from './mail-parts.ts';
import {
  type ReturnedMessage,
  readOriginalMessageId,
  readOriginalRecipients,
  separateReturnedMessage,
} from './original-message.ts';
import { findNamedRecipients } from './plain-report.ts';
import { addressKey, findAddresses } from './read-addresses.ts';
import { recogniseMail } from './recognise-mail.ts';
import { readVerpRecipient } from './verp-recipient.ts';

/**
 * Reads a mail that came to the bounce mailbox: a delivery status notification (RFC 3464), one of the many reports
 * without a standard, a complaint (RFC 5965), or anything else, which is kind `none`. Never throws; reads the first
 * megabyte only.
 */
export function readBounce(raw: Uint8Array): BounceReport {
  const mail = readMailParts(raw);
  const returned = separateReturnedMessage(mail);
  const sentTo = listSentTo(mail);
  const originalMessageId = readOriginalMessageId(returned.headers, mail.headers);
  const verpRecipient =
    [...sentTo, ...(returned.headers.get('return-path') ?? []).flatMap(findAddresses)]
      .map(readVerpRecipient)
      .find((each) => each !== null) ?? null;
  const amazon = readAmazonNotification(returned.report);
  const nature = recogniseMail(mail, returned.report);
  const recipients =
    amazon.length > 0
      ? amazon.map(describeAmazon)
      : nature === 'complaint'
        ? readComplaint(mail, returned)
        : nature === 'report'
          ? readFailures(mail, returned, sentTo)
          : [];
  const kind = gravest(recipients.map((recipient) => recipient.kind));
  return { kind, recipients, originalMessageId, sentTo, verpRecipient };
}

const gravity: readonly BounceKind[] = ['complaint', 'hard', 'policy', 'soft'];

function gravest(kinds: readonly BounceKind[]): BounceKind | 'none' {
  return gravity.find((kind) => kinds.includes(kind)) ?? 'none';
}

function listSentTo(mail: Mail): string[] {
  const names = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to'];
  const addresses = names.flatMap((name) => mail.headers.get(name) ?? []).flatMap(findAddresses);
  return [...new Map(addresses.map((address) => [addressKey(address), address])).values()];
}

function describeAmazon({ address, status, diagnostic, isComplaint }: AmazonFailure): BouncedRecipient {
  if (isComplaint) return makeComplaint(address, 'abuse');
  return describe({ address, said: diagnostic, near: '', report: '', status, action: 'failed' });
}

function readComplaint(mail: Mail, returned: ReturnedMessage): BouncedRecipient[] {
  const part = mail.parts.find(({ type }) => type === 'message/feedback-report');
  const report = readFeedbackReport(part?.text ?? '');
  if (report?.feedbackType === 'not-spam') return [];
  const named = report?.recipients ?? [];
  const written = mail.headers.has('x-apple-unsubscribe')
    ? findAddresses(headerOf(mail.headers, 'from'))
    : [];
  const addresses =
    [named, written, readOriginalRecipients(returned.headers)].find((each) => each.length > 0) ?? [];
  return unique(addresses).map((address) => makeComplaint(address, report?.feedbackType ?? ''));
}

function makeComplaint(address: string, diagnostic: string): BouncedRecipient {
  const codes = { status: null, replyCode: null, action: null };
  return { address, kind: 'complaint', reason: 'complaint', ...codes, diagnostic };
}

function readFailures(mail: Mail, returned: ReturnedMessage, sentTo: readonly string[]): BouncedRecipient[] {
  const statuses = readStatuses(mail, returned.report);
  const own = new Set([...sentTo, ...readSenders(returned)].map(addressKey));
  if (statuses.length > 0) return describeStatuses(statuses, returned.report);
  const named = findNamedRecipients(returned.report, own);
  const candidates = [
    listAnnounced(mail, named.length),
    named.map(({ address }) => address),
    readOriginalRecipients(returned.headers).filter((address) => !own.has(addressKey(address))),
    findNamedRecipients(returned.report, new Set()).map(({ address }) => address),
    readOriginalRecipients(returned.headers).slice(0, 1),
  ];
  const addresses = candidates.find((each) => each.length > 0) ?? [];
  return unique(addresses).map((address) => {
    const said = named.find((each) => addressKey(each.address) === addressKey(address))?.text ?? '';
    return describe({ address, said, near: '', report: returned.report, status: '', action: '' });
  });
}

/** Exim's header names recipients as they were given; the text as they were tried, which is what a server refused. */
function listAnnounced(mail: Mail, named: number): string[] {
  const announced = (mail.headers.get('x-failed-recipients') ?? []).flatMap(findAddresses);
  return announced.length === named ? [] : announced;
}

function readStatuses(mail: Mail, report: string): RecipientStatus[] {
  const parts = mail.parts.filter(({ type }) => type.endsWith('delivery-status'));
  const texts = parts.length > 0 ? parts.map((part) => part.text) : [report];
  return texts.flatMap(readDeliveryStatus);
}

function describeStatuses(statuses: readonly RecipientStatus[], report: string): BouncedRecipient[] {
  const named = findNamedRecipients(report, new Set());
  const failures = statuses.filter(({ action }) => !/^(?:delivered|relayed|expanded)$/.test(action));
  const byAddress = new Map(failures.map((status) => [addressKey(status.address), status]));
  return [...byAddress.values()].map(({ address, action, status, diagnostic }) => {
    const own = named.find((each) => addressKey(each.address) === addressKey(address))?.text ?? '';
    return describe({ address, said: diagnostic, near: own, report, status, action });
  });
}

/** `said` is what speaks of this recipient alone; what stands near it, then the whole report count where that is vague. */
function describe(failure: {
  readonly address: string;
  readonly said: string;
  readonly near: string;
  readonly report: string;
  readonly status: string;
  readonly action: string;
}): BouncedRecipient {
  const { address, said, near, report, status, action } = failure;
  const isDelayed = action === 'delayed';
  const texts = [said, `${said}\n${near}`, `${said}\n${report}`].filter((text) => text.trim() !== '');
  const refusals = texts.map((text) => judgeRefusal({ text, context: report, status, isDelayed }));
  const refusal = refusals.find(({ reason }) => reason !== 'undefined') ?? refusals[0];
  const { kind, reason, ...codes } = refusal ?? judgeRefusal({ text: '', context: '', status, isDelayed });
  const diagnostic = (said || near || report).replace(/\s+/g, ' ').trim().slice(0, 500);
  return { address, kind, reason, ...codes, action: isDelayed ? 'delayed' : 'failed', diagnostic };
}

function readSenders(returned: ReturnedMessage): string[] {
  return ['from', 'return-path', 'sender', 'reply-to']
    .flatMap((name) => returned.headers.get(name) ?? [])
    .flatMap(findAddresses);
}

function unique(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((address) => [addressKey(address), address])).values()];
}
