import { createPublicKey } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { domainOf } from '../messages/message-settings.ts';
import { writeDnsRecord } from '../signing/dns-record.ts';
import type { DkimKey } from '../signing/sign-message.ts';
import { type NameResolver, NameServerSilent } from './name-resolver.ts';
import { readSpf } from './read-spf.ts';

export type MailFinding = { readonly level: 'good' | 'warning' | 'problem'; readonly sentence: string };

/** What is known of how mail goes out. */
export type MailSetup = {
  readonly from: string;
  /** Domain of the envelope's sender. */
  readonly envelopeDomain: string;
  /** Whether mail to the envelope's sender reaches this program. */
  readonly takesReturnedMail: boolean;
  readonly publicUrl: string;
  readonly smtpHost: string;
  readonly keys: readonly DkimKey[];
};

const good = (sentence: string): MailFinding => ({ level: 'good', sentence });
const warning = (sentence: string): MailFinding => ({ level: 'warning', sentence });
const problem = (sentence: string): MailFinding => ({ level: 'problem', sentence });

/**
 * What receivers find when they check our mail (SPF, DKIM, DMARC, reverse DNS), and what is missing of what Gmail and
 * Yahoo ask of bulk senders; one sentence each, with what to do. A name server that is silent is a warning of its own.
 */
export async function examineMailDomain(setup: MailSetup, resolver: NameResolver): Promise<MailFinding[]> {
  const domain = domainOf(setup.from);
  const steps: [string, () => Promise<MailFinding[]>][] = [
    ['DKIM', () => examineKeys(setup.keys, domain, resolver)],
    ['SPF', () => examineSpf(setup, resolver)],
    ['DMARC', () => examineDmarc(setup, domain, resolver)],
    ['reverse DNS', () => examineReverseDns(setup.smtpHost, resolver)],
    ['where mail comes back', () => examineWayBack(setup, resolver)],
  ];
  const findings: MailFinding[] = [];
  for (const [what, step] of steps) {
    try {
      findings.push(...(await step()));
    } catch (error) {
      if (!(error instanceof NameServerSilent)) throw error;
      findings.push(warning(`${what} could not be checked: no name server answered (${error.message}).`));
    }
  }
  return [...findings, ...examineBulkRules(setup)];
}

async function examineKeys(
  keys: readonly DkimKey[],
  domain: string,
  resolver: NameResolver,
): Promise<MailFinding[]> {
  if (keys.length === 0) {
    return [
      problem(`Mail is not signed. Make keys and publish their records with: kbalertz dkim setup ${domain}`),
    ];
  }
  return Promise.all(
    keys.map(async ({ selector, privateKey }) => {
      const name = `${selector}._domainkey.${domain}`;
      const [published] = await resolver.listTexts(name);
      if (published === undefined) {
        return problem(
          `DKIM: there is no record at ${name}, so that signatures with this key fail. Publish what "kbalertz dkim setup ${domain}" prints.`,
        );
      }
      const own = /p=([^;]*)/.exec(writeDnsRecord(createPublicKey(privateKey)))?.[1];
      const theirs = /(?:^|;)\s*p=([^;]*)/.exec(published)?.[1]?.replace(/\s/g, '');
      return own === theirs
        ? good(`DKIM: ${name} has the key that signs (${privateKey.asymmetricKeyType}).`)
        : problem(`DKIM: ${name} has another key than the one that signs. Publish the printed record anew.`);
    }),
  );
}

async function examineSpf(
  { envelopeDomain, smtpHost }: MailSetup,
  resolver: NameResolver,
): Promise<MailFinding[]> {
  const addresses = await resolver.listAddresses(smtpHost);
  const asked = addresses.length === 0 && ipaddr.isValid(smtpHost) ? [smtpHost] : addresses;
  const verdicts = await Promise.all(asked.map((address) => readSpf(resolver, envelopeDomain, address)));
  const [first] = verdicts;
  if (asked.length === 0) return [];
  const add = `Add a TXT record to ${envelopeDomain} such as "v=spf1 a:${smtpHost} -all".`;
  if (first === undefined || first.kind === 'none')
    return [problem(`SPF: ${envelopeDomain} has no record. ${add}`)];
  const broken = verdicts.find((verdict) => verdict.kind === 'broken');
  if (broken?.kind === 'broken') return [problem(`SPF: ${envelopeDomain} can't be read: ${broken.because}.`)];
  if (verdicts.some((verdict) => verdict.kind === 'pass'))
    return [good(`SPF: ${envelopeDomain} lets ${smtpHost} send.`)];
  const sentence = `SPF: ${envelopeDomain} does not name the address of ${smtpHost} (${first.kind}).`;
  return [
    warning(
      `${sentence} If that server sends from this address, add it; if it hands mail on to others, make sure that theirs are named.`,
    ),
  ];
}

async function examineDmarc(
  { envelopeDomain, keys }: MailSetup,
  domain: string,
  resolver: NameResolver,
): Promise<MailFinding[]> {
  const found = await findDmarc(domain, resolver);
  if (found === null) {
    return [
      problem(
        `DMARC: there is no record at _dmarc.${domain}. Begin with the TXT record "v=DMARC1; p=none; rua=mailto:postmaster@${domain}".`,
      ),
    ];
  }
  const policy = /(?:^|;)\s*p\s*=\s*(\w+)/i.exec(found.record)?.[1]?.toLowerCase() ?? 'none';
  const isAligned =
    envelopeDomain === domain || isBelow(envelopeDomain, domain) || isBelow(domain, envelopeDomain);
  return [
    good(`DMARC: ${found.name} asks receivers for "${policy}".`),
    ...(policy === 'none'
      ? [
          warning(
            'DMARC: "none" protects nobody yet. Once the reports look right, ask for "quarantine" or "reject".',
          ),
        ]
      : []),
    ...(isAligned || keys.length > 0
      ? []
      : [
          problem(
            `DMARC: neither SPF nor DKIM is aligned: mail is from ${domain}, its envelope from ${envelopeDomain}.`,
          ),
        ]),
  ];
}

const isBelow = (name: string, parent: string) => name.endsWith(`.${parent}`);

/** At the domain itself, or at a domain above it. */
async function findDmarc(
  domain: string,
  resolver: NameResolver,
): Promise<{ name: string; record: string } | null> {
  const labels = domain.split('.');
  for (let at = 0; at <= labels.length - 2; at++) {
    const name = `_dmarc.${labels.slice(at).join('.')}`;
    const record = (await resolver.listTexts(name)).find((text) => /^v=DMARC1(?:;|$| )/i.test(text));
    if (record !== undefined) return { name, record };
  }
  return null;
}

async function examineReverseDns(host: string, resolver: NameResolver): Promise<MailFinding[]> {
  const addresses = await resolver.listAddresses(host);
  const asked = addresses.length === 0 && ipaddr.isValid(host) ? [host] : addresses;
  if (asked.length === 0) return [problem(`Reverse DNS: ${host} has no address. Is KBALERTZ_SMTP right?`)];
  return Promise.all(
    asked.map(async (address) => {
      const names = await resolver.listNames(address);
      if (names.length === 0) {
        return problem(`Reverse DNS: ${address} has no name. Ask its provider for a PTR record.`);
      }
      for (const name of names) {
        if ((await resolver.listAddresses(name)).includes(address))
          return good(`Reverse DNS: ${address} is ${name}, and back.`);
      }
      return problem(
        `Reverse DNS: ${address} is ${names[0]}, but that name leads elsewhere. Make both agree.`,
      );
    }),
  );
}

async function examineWayBack(
  { envelopeDomain, takesReturnedMail }: MailSetup,
  resolver: NameResolver,
): Promise<MailFinding[]> {
  if (!takesReturnedMail) {
    return [
      problem(
        'Bounces are not read: dead addresses are mailed for ever, which receivers take for spam. Set KBALERTZ_BOUNCE_LISTEN and let the mail server hand returned mail over.',
      ),
    ];
  }
  const servers = await resolver.listMailServers(envelopeDomain);
  return [
    servers.length > 0
      ? good(`Returned mail: ${envelopeDomain} is taken by ${servers[0]}.`)
      : problem(
          `Returned mail: ${envelopeDomain} has no MX record, so that bounces don't come back. Add one.`,
        ),
  ];
}

/** What Gmail and Yahoo ask of who sends 5,000 mails a day and more, besides what was checked above. */
function examineBulkRules({ publicUrl, keys }: MailSetup): MailFinding[] {
  return [
    publicUrl.startsWith('https://')
      ? good('Bulk senders: every digest can be stopped with one click (RFC 8058).')
      : problem(
          'Bulk senders: one-click unsubscribing needs https. Serve the site by TLS and set KBALERTZ_PUBLIC_URL.',
        ),
    ...(keys.length > 0 && !keys.some(({ privateKey }) => privateKey.asymmetricKeyType === 'rsa')
      ? [warning('Bulk senders: not every receiver reads Ed25519 signatures yet. Have an RSA key, too.')]
      : []),
    warning(
      'Bulk senders: keep complaints below 0.1%, never at 0.3%. Watch them at Google’s Postmaster Tools and Yahoo’s Sender Hub, and have complaints sent to the complaints address.',
    ),
  ];
}
