import packageJson from '../../package.json' with { type: 'json' };
import { CommandError } from '../cli/command-error.ts';
import type { ProgramParts } from '../cli/program.ts';
import { openDatabase } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { readConfig } from './config.ts';
import { runWorker } from './run-worker.ts';
import { serve } from './serve.ts';
import { openWorkplace } from './workplace.ts';

/** The command line with everything that it does. */
export const programParts: ProgramParts = {
  version: packageJson.version,
  openWorkplace,
  servers: { serve, work: runWorker },
  maintenance: {
    async migrate(options) {
      const database = openDatabase(readConfig(process.env, options).database);
      try {
        return await migrate(database);
      } finally {
        await database.close();
      }
    },
    async restore() {
      throw new CommandError('Nothing can be restored yet.');
    },
  },
  out: process.stdout,
  err: process.stderr,
  registerEvaluations: () => {},
};
