import { html } from 'hono/html';
import type { Account } from '../../accounts/account.ts';
import type { SuppressedAddress } from '../../accounts/suppressed-address.ts';
import { paths } from '../links.ts';
import type { Markup } from '../parts/markup.ts';
import { minuteTag } from '../parts/time.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { refuseSetting } from './refuse-setting.ts';

/** Tells its owner why nothing is mailed to the address, since when, and what can be done about it. */
export function suppressedNote(
  account: Account,
  suppressed: SuppressedAddress & { readonly mayTryAgain: boolean },
): Markup {
  const { reason, createdAt, expiresAt, mayTryAgain } = suppressed;
  return html`<div class="note bad"><p><strong>We do not mail ${account.address}.</strong> ${whyOf(reason)} That was ${minuteTag(createdAt, account.timeZone)}; nothing has been mailed there since.${expiresAt != null && html` We try again by ourselves ${minuteTag(expiresAt, account.timeZone)}.`}</p>
${mayTryAgain && html`<form method="post" action="/account/address/try-again" class="actions"><button class="btn plain small">Try this address again</button> <a href="${paths.accountSettings}">Use another address</a></form>`}</div>`;
}

function whyOf(reason: string): string {
  switch (reason) {
    case 'hard-bounce':
      return 'A mail came back: the mail server there says that the address does not exist.';
    case 'soft-bounces':
      return 'Mails came back on several days, for example because the mailbox is full.';
    case 'complaint':
      return 'One of our mails was reported as spam from it, so we stopped.';
    default:
      return 'An administrator stopped mail to it; ask them if that is wrong.';
  }
}

/** Lifts the suppression for its owner and sends one letter. */
export function tryAddressAgain(ports: Pick<SitePorts, 'accounts'>): Action {
  return async (c) => {
    const outcome = await ports.accounts.tryAddressAgain(readVisitor(c).account);
    switch (outcome) {
      case 'tried':
        return c.redirect(`${paths.account}?said=address-tried`);
      case 'tried-today':
        return c.redirect(`${paths.account}?said=address-tried-today`);
      case 'not-suppressed':
        return c.redirect(`${paths.account}?said=address-not-suppressed`);
      case 'not-yours-to-lift':
        return refuseSetting(
          c,
          'An administrator stopped mail to your address; only they can lift that.',
          paths.account,
        );
    }
  };
}
