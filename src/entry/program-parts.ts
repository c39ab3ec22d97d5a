import { resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { ProgramParts } from '../cli/program.ts';
import { restoreDatabase } from '../store/backup.ts';
import { openDatabase } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { readConfig } from './config.ts';
import { registerEvaluations } from './register-evaluations.ts';
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
    restore: (file, options) => restoreDatabase(readConfig(process.env, options).database, resolve(file)),
  },
  out: process.stdout,
  err: process.stderr,
  registerEvaluations,
};
