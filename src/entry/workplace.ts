import { stat } from 'node:fs/promises';
import { CommandError } from '../cli/command-error.ts';
import type { OpenWorkplace } from '../cli/workplace.ts';
import { createAccountDesk } from './account-desk.ts';
import { compose, systemClock } from './compose.ts';
import { readConfig } from './config.ts';
import { createSourceDesk } from './source-desk.ts';

/** Opens the data for one command of the command line. */
export const openWorkplace: OpenWorkplace = async (options) => {
  const config = readConfig(process.env, options);
  const { now } = options;
  const parts = await compose(config, now === undefined ? systemClock : { now: () => now });
  const { archive, accounts, accountStore, subscriptions, sources, scanner, clock } = parts;
  return {
    archive,
    sources: createSourceDesk({ sources, archive, scanner, clock, findSettingsProblem: () => null }),
    accounts: createAccountDesk({ accounts, accountStore, subscriptions, clock }),
    digests: {
      plan: async (onProgress) => {
        const { digests, accounts: planned } = await parts.planDigests({
          betweenBatches: async (soFar) => {
            onProgress?.(soFar.accounts);
            return true;
          },
        });
        return { digests, accounts: planned };
      },
      send: async () => {
        throw new CommandError('Nothing can be sent yet.');
      },
    },
    search: async () => {
      throw new CommandError('There is no search yet.');
    },
    findTechnologies: parts.findTechnologies,
    examine: async () => [],
    async backUp(file) {
      await stat(file);
      return { bytes: 0 };
    },
    close: () => parts.close(),
  };
};
