import { resolve } from 'node:path';
import type { OpenWorkplace } from '../cli/workplace.ts';
import { backupDatabase } from '../store/backup.ts';
import { forgetSealed } from '../store/seal-existing.ts';
import { sealKeyName } from '../store/sealer.ts';
import { createAccountDesk } from './account-desk.ts';
import { createChannelDesk } from './channel-desk.ts';
import { compose, systemClock } from './compose.ts';
import { createFeedbackDesk } from './compose-community.ts';
import { readConfig } from './config.ts';
import { examine } from './examine.ts';
import { examineMailOf } from './examine-mail.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { findWhoRanIt } from './run-apart.ts';
import { searchOnce } from './search-once.ts';
import { createSourceTrial } from './source-trial.ts';
import { createTokenDesk } from './token-desk.ts';
import { verify } from './verify.ts';

/** Opens the data for one command of the command line. */
export const openWorkplace: OpenWorkplace = async (options) => {
  const config = readConfig(process.env, options);
  const { now } = options;
  const parts = await compose(config, now === undefined ? systemClock : { now: () => now });
  const { archive, accounts, accountStore, subscriptions, clock } = parts;
  return {
    archive,
    sources: parts.deskOf(findWhoRanIt() ?? { kind: 'operator' }),
    audit: parts.audit,
    trySource: createSourceTrial(config, clock),
    loadCatalogue,
    accounts: createAccountDesk({ accounts, accountStore, subscriptions, clock }),
    tokens: createTokenDesk(parts),
    channels: createChannelDesk({ ...parts, forgetKey: () => forgetSealed(parts.database, sealKeyName) }),
    digests: {
      plan: async (onProgress) => {
        await parts.matchSavedSearches();
        const { digests, accounts: planned } = await parts.planDigests({
          betweenBatches: async (soFar) => {
            onProgress?.(soFar.accounts);
            return true;
          },
        });
        return { digests, accounts: planned };
      },
      async send() {
        const [mail, others] = [await parts.attemptDueDeliveries(), await parts.attemptDueMessages()];
        return {
          accepted: mail.accepted + others.accepted,
          deferred: mail.deferred + others.deferred,
          failed: mail.failed + others.failed,
        };
      },
    },
    feedback: createFeedbackDesk(parts),
    search: (query, searched) => searchOnce(parts, query, searched),
    findTechnologies: parts.findTechnologies,
    examine: () => examine(parts),
    examineMail: () => examineMailOf(config),
    verify: (onProgress) => verify(parts, onProgress),
    backUp: (file) => backupDatabase(parts.database, resolve(file)),
    close: () => parts.close(),
  };
};
