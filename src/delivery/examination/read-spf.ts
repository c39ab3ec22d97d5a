import ipaddr from 'ipaddr.js';
import type { NameResolver } from './name-resolver.ts';

/** What an SPF record (RFC 7208) says of an address. */
export type SpfVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly because: string }
  | { readonly kind: 'pass' | 'fail' | 'softfail' | 'neutral'; readonly record: string };

const maxLookups = 10; // RFC 7208, 4.6.4
const qualifiers: Readonly<Record<string, 'pass' | 'fail' | 'softfail' | 'neutral'>> = {
  '+': 'pass',
  '-': 'fail',
  '~': 'softfail',
  '?': 'neutral',
};

class Broken extends Error {}

/** Evaluates the record of the domain for an address; without macros and `exists`, which match nothing here. */
export async function readSpf(resolver: NameResolver, domain: string, address: string): Promise<SpfVerdict> {
  const left = { lookups: maxLookups };
  try {
    return await evaluate({ resolver, address, left }, domain);
  } catch (error) {
    if (error instanceof Broken) return { kind: 'broken', because: error.message };
    throw error;
  }
}

type Question = {
  readonly resolver: NameResolver;
  readonly address: string;
  readonly left: { lookups: number };
};

async function evaluate(question: Question, domain: string): Promise<SpfVerdict> {
  const texts = await question.resolver.listTexts(domain);
  const records = texts.filter((text) => /^v=spf1(?: |$)/i.test(text));
  const [record] = records;
  if (record === undefined) return { kind: 'none' };
  if (records.length > 1) throw new Broken(`${domain} has ${records.length} SPF records, and may have one`);
  const terms = record.split(/ +/).slice(1);
  for (const term of terms) {
    const [, sign = '+', name = '', value = ''] = /^([+?~-]?)([a-z0-9]+)(?:[:]?(.*))$/i.exec(term) ?? [];
    if (term.includes('=')) continue;
    const verdict = qualifiers[sign === '' ? '+' : sign] ?? 'pass';
    if (await matches(question, { name: name.toLowerCase(), value, domain }))
      return { kind: verdict, record };
  }
  const redirect = /(?:^| )redirect=(\S+)/i.exec(record)?.[1];
  if (redirect === undefined) return { kind: 'neutral', record };
  spend(question);
  return evaluate(question, redirect);
}

async function matches(
  question: Question,
  { name, value, domain }: { name: string; value: string; domain: string },
): Promise<boolean> {
  const { resolver, address } = question;
  const [host = '', prefix] = value.split('/');
  const target = host === '' ? domain : host;
  switch (name) {
    case 'all':
      return true;
    case 'ip4':
    case 'ip6':
      return isInRange(address, value);
    case 'a':
      spend(question);
      return (await resolver.listAddresses(target)).some((each) => isInRange(address, join(each, prefix)));
    case 'mx': {
      spend(question);
      for (const server of (await resolver.listMailServers(target)).slice(0, 10)) {
        const found = await resolver.listAddresses(server);
        if (found.some((each) => isInRange(address, join(each, prefix)))) return true;
      }
      return false;
    }
    case 'include':
      spend(question);
      return (await evaluate(question, value)).kind === 'pass';
    default:
      return false;
  }
}

function spend({ left }: Question): void {
  left.lookups -= 1;
  if (left.lookups < 0) throw new Broken(`it needs more than ${maxLookups} DNS lookups`);
}

const join = (address: string, prefix: string | undefined) =>
  prefix === undefined ? address : `${address}/${prefix}`;

function isInRange(address: string, range: string): boolean {
  try {
    const parsed = ipaddr.process(address);
    const [base = '', length] = range.split('/');
    const start = ipaddr.process(base);
    if (parsed.kind() !== start.kind()) return false;
    const bits = length === undefined ? (start.kind() === 'ipv4' ? 32 : 128) : Number(length);
    return parsed.match(start, bits);
  } catch {
    return false; // no address, as in a record with a mistake
  }
}
