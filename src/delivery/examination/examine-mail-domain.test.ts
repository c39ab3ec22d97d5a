import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { writeDnsRecord } from '../signing/dns-record.ts';
import { examineMailDomain, type MailSetup } from './examine-mail-domain.ts';
import { type NameResolver, NameServerSilent } from './name-resolver.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const setup: MailSetup = {
  from: 'alerts@kb.example.org',
  envelopeDomain: 'bounces.kb.example.org',
  takesReturnedMail: true,
  publicUrl: 'https://kb.example.org',
  smtpHost: 'mail.example.org',
  keys: [{ domain: 'kb.example.org', selector: 'k', privateKey }],
};
const healthy = {
  'txt k._domainkey.kb.example.org': [writeDnsRecord(createPublicKey(privateKey))],
  'txt bounces.kb.example.org': ['v=spf1 include:_spf.example.org -all'],
  'txt _spf.example.org': ['v=spf1 ip4:192.0.2.0/28 ~all'],
  'txt _dmarc.example.org': ['v=DMARC1; p=reject'],
  'a mail.example.org': ['192.0.2.5'],
  'ptr 192.0.2.5': ['mail.example.org'],
  'mx bounces.kb.example.org': ['mail.example.org'],
};

function resolverOf(zone: Readonly<Record<string, readonly string[]>>): NameResolver {
  const ask = (type: string) => async (name: string) => [...(zone[`${type} ${name}`] ?? [])];
  return {
    listTexts: ask('txt'),
    listMailServers: ask('mx'),
    listAddresses: ask('a'),
    listNames: ask('ptr'),
  };
}
const examine = async (change: Record<string, readonly string[]> = {}, more: Partial<MailSetup> = {}) =>
  (await examineMailDomain({ ...setup, ...more }, resolverOf({ ...healthy, ...change }))).map(
    ({ level, sentence }) => `${level}: ${sentence}`,
  );
const isTrouble = (line: string) => !line.startsWith('good');

test('finds nothing to mend where all is well, and says what to watch', async () => {
  const lines = await examine();
  expect(lines.filter((line) => line.startsWith('problem'))).toEqual([]);
  expect(lines.filter(isTrouble)).toEqual([
    expect.stringMatching(/^warning: Bulk senders: keep complaints below/),
  ]);
});

test.each([
  ['no key record', { 'txt k._domainkey.kb.example.org': [] }, /problem: DKIM: there is no record/],
  [
    'another key',
    { 'txt k._domainkey.kb.example.org': ['v=DKIM1; p=AAAA'] },
    /problem: DKIM: .* another key/,
  ],
  [
    'no SPF record',
    { 'txt bounces.kb.example.org': [] },
    /problem: SPF: bounces.kb.example.org has no record/,
  ],
  [
    'an SPF record that leaves us out',
    { 'txt _spf.example.org': ['v=spf1 ip4:198.51.100.1 -all'] },
    /warning: SPF: .*\(fail\)/,
  ],
  [
    'two SPF records',
    { 'txt bounces.kb.example.org': ['v=spf1 -all', 'v=spf1 +all'] },
    /problem: SPF: .*may have one/,
  ],
  [
    'an SPF record that asks for itself',
    { 'txt _spf.example.org': ['v=spf1 include:_spf.example.org -all'] },
    /problem: SPF: .*more than 10/,
  ],
  ['no DMARC record', { 'txt _dmarc.example.org': [] }, /problem: DMARC: there is no record/],
  [
    'a DMARC record that asks for nothing',
    { 'txt _dmarc.kb.example.org': ['v=DMARC1; p=none'] },
    /warning: DMARC: "none"/,
  ],
  ['no name of the address', { 'ptr 192.0.2.5': [] }, /problem: Reverse DNS: 192.0.2.5 has no name/],
  [
    'a name that leads elsewhere',
    { 'ptr 192.0.2.5': ['other.example.org'] },
    /problem: Reverse DNS: .*elsewhere/,
  ],
  ['no way back', { 'mx bounces.kb.example.org': [] }, /problem: Returned mail: .*no MX/],
] as const)('says what to do about %s', async (_name, change, sentence) => {
  expect((await examine(change)).filter(isTrouble)).toContainEqual(expect.stringMatching(sentence));
});

test('says what to do without keys, without a listener and without https', async () => {
  const lines = await examine({}, { keys: [], takesReturnedMail: false, publicUrl: 'http://kb.example.org' });
  for (const sentence of [
    /Mail is not signed/,
    /Bounces are not read/,
    /one-click unsubscribing needs https/,
  ]) {
    expect(lines).toContainEqual(expect.stringMatching(sentence));
  }
});

test('says so when no name server answers, and fails nowhere', async () => {
  const silent = async () => {
    throw new NameServerSilent('ETIMEOUT');
  };
  const resolver = { listTexts: silent, listMailServers: silent, listAddresses: silent, listNames: silent };
  const findings = await examineMailDomain(setup, resolver);
  expect(findings.filter(({ sentence }) => /could not be checked/.test(sentence))).toHaveLength(5);
});
