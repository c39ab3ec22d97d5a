import { join } from 'node:path';
import type { DkimDesk } from '../cli/commands/dkim.ts';
import { writeDnsRecord, writeZoneLine } from '../delivery/signing/dns-record.ts';
import { makeDkimKeys } from '../delivery/signing/key-folder.ts';
import { readConfig } from './config.ts';

export const dkimDesk: DkimDesk = {
  async setUp({ domain, selector, data }) {
    const { dataFolder, smtpUrl, bounces } = readConfig(process.env, { data });
    const keys = await makeDkimKeys({ dataFolder, domain, selector });
    const smtpHost = smtpUrl === null ? 'mail.example.org' : new URL(smtpUrl).hostname;
    const envelopeDomains = [...new Set([domain, bounces?.domain ?? domain])];
    return {
      folder: join(dataFolder, 'dkim', domain),
      keys: keys.map((key) => ({ file: key.file, selector: key.selector, isNew: key.isNew })),
      keyRecords: keys.map((key) =>
        writeZoneLine(`${key.selector}._domainkey.${domain}`, writeDnsRecord(key.publicKey)),
      ),
      otherRecords: [
        ...envelopeDomains.map((name) => writeZoneLine(name, `v=spf1 a:${smtpHost} -all`)),
        writeZoneLine(`_dmarc.${domain}`, `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`),
      ],
    };
  },
};
