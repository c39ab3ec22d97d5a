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

/** Each message of ours has one recipient; a report with more than this is no report on one. */
const maxRecipients = 100;
const maxChars = 100_000;
const recipientFields = ['final-recipient', 'original-recipient', 'x-actual-recipient'];

/**
 * Reads the groups of fields of a `message/delivery-status` part. Lenient: groups may lack their empty line, and
 * fields may be in any order; a field that a group has already begins the next group.
 */
export function readDeliveryStatus(text: string): RecipientStatus[] {
  const statuses: RecipientStatus[] = [];
  for (const group of splitGroups(text.slice(0, maxChars))) {
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

type Group = { readonly lines: string[]; readonly names: Set<string> };

/** Some reporters put an empty line between a recipient and what happened to it: such a group belongs to the one before. */
function splitGroups(text: string): string[] {
  const groups: Group[] = [];
  let isOpen = false;
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      isOpen = false;
      continue;
    }
    const name = /^([A-Za-z][\w-]{0,60})\s*:/.exec(line)?.[1]?.toLowerCase() ?? '';
    const last = groups.at(-1);
    const continues = isOpen
      ? !(last?.names.has(name) && startsGroup.has(name))
      : last !== undefined && lacksOutcome(last.names) && !recipientFields.includes(name);
    const group = continues && last !== undefined ? last : { lines: [], names: new Set<string>() };
    if (group !== last) groups.push(group);
    if (name !== '') group.names.add(name);
    group.lines.push(line);
    isOpen = true;
  }
  return groups.map(({ lines }) => lines.join('\n'));
}

const startsGroup: ReadonlySet<string> = new Set(['final-recipient', 'original-recipient', 'action']);

function lacksOutcome(names: ReadonlySet<string>): boolean {
  return recipientFields.some((field) => names.has(field)) && !(names.has('action') && names.has('status'));
}
