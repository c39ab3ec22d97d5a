import { headerOf, readHeaderFields } from './mail-headers.ts';
import { findAddress } from './read-addresses.ts';

/** What a delivery status notification (RFC 3464) says of one recipient. */
export type RecipientStatus = {
  readonly address: string;
  /** In lower case: `failed`, `delayed`, `delivered`, `relayed`, `expanded`; '' where it is missing. */
  readonly action: string;
  readonly status: string;
  readonly diagnostic: string;
};

const maxRecipients = 1000;
const recipientFields = ['final-recipient', 'original-recipient', 'x-actual-recipient'];

/**
 * Reads the groups of fields of a `message/delivery-status` part. Lenient: groups may lack their empty line, and
 * fields may be in any order; a field that a group has already begins the next group.
 */
export function readDeliveryStatus(text: string): RecipientStatus[] {
  const statuses: RecipientStatus[] = [];
  for (const group of splitGroups(text)) {
    const fields = readHeaderFields(group);
    const addresses = recipientFields.flatMap((name) => readRecipient(headerOf(fields, name)) ?? []);
    const address = addresses.find((each) => /@.+\./.test(each)) ?? addresses[0];
    if (address === undefined) continue;
    statuses.push({
      address,
      action: headerOf(fields, 'action')
        .toLowerCase()
        .replace(/[^a-z].*$/, ''),
      status: headerOf(fields, 'status'),
      diagnostic: ['diagnostic-code', 'x-powermta-bouncecategory']
        .map((name) => (fields.get(name) ?? []).join(' ').replace(/^[\w.-]+\s*;\s*/, ''))
        .filter((value) => value !== '')
        .join(' '),
    });
    if (statuses.length >= maxRecipients) break;
  }
  return statuses;
}

/** `rfc822; ana@example.com`, with or without the type and brackets. */
function readRecipient(value: string): string | null {
  const bare = value.replace(/^[\w.-]+\s*;/, '').trim();
  return findAddress(bare);
}

function splitGroups(text: string): string[] {
  const groups: string[] = [];
  let lines: string[] = [];
  let names = new Set<string>();
  const close = () => {
    if (lines.length > 0) groups.push(lines.join('\n'));
    lines = [];
    names = new Set();
  };
  for (const line of text.split('\n')) {
    const name = /^([A-Za-z][\w-]*)\s*:/.exec(line)?.[1]?.toLowerCase();
    const startsGroup =
      name !== undefined && names.has(name) && /^(?:final-recipient|action|original-recipient)$/.test(name);
    if (line.trim() === '' || startsGroup) close();
    if (line.trim() === '') continue;
    if (name !== undefined) names.add(name);
    lines.push(line);
  }
  close();
  return mergeSplitGroups(groups);
}

/** Some reporters put an empty line between a recipient and what happened to it. */
function mergeSplitGroups(groups: readonly string[]): string[] {
  const merged: string[] = [];
  for (const group of groups) {
    const hasRecipient = /^(?:final|original)-recipient\s*:/im.test(group);
    const last = merged.at(-1);
    if (!hasRecipient && last !== undefined && /^(?:final|original)-recipient\s*:/im.test(last)) {
      merged[merged.length - 1] = `${last}\n${group}`;
    } else merged.push(group);
  }
  return merged;
}
