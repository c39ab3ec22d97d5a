import type { Finding } from '../cli/workplace.ts';
import { examineMailDomain } from '../delivery/examination/examine-mail-domain.ts';
import { createNameResolver } from '../delivery/examination/name-resolver.ts';
import { domainOf } from '../delivery/messages/message-settings.ts';
import { loadDkimKeys } from '../delivery/signing/key-folder.ts';
import type { Config } from './config.ts';

/** What receivers find when they check our mail, as far as the name servers can be reached. Changes nothing. */
export async function examineMailOf(config: Config): Promise<Finding[]> {
  if (config.smtpUrl === null) {
    return [
      {
        level: 'problem',
        sentence:
          'No mail server is set, so that no mail goes out. Set KBALERTZ_SMTP, such as smtp://user:password@mail.example.org:587.',
      },
    ];
  }
  const domain = domainOf(config.mailFrom.address);
  return examineMailDomain(
    {
      from: config.mailFrom.address,
      envelopeDomain: config.bounces?.domain ?? domain,
      takesReturnedMail: config.bounces !== null,
      publicUrl: config.publicUrl,
      smtpHost: new URL(config.smtpUrl).hostname.replace(/^\[|\]$/g, ''),
      keys: await loadDkimKeys(config.dataFolder, domain),
    },
    createNameResolver(config.nameServers),
  );
}
