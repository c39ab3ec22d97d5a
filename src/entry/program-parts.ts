import packageJson from '../../package.json' with { type: 'json' };
import type { ProgramParts } from '../cli/program.ts';
import { registerEvaluations } from './register-evaluations.ts';

/** The command line with everything that it does; each part is loaded when it is needed, so that help comes at once. */
export const programParts: ProgramParts = {
  version: packageJson.version,
  openWorkplace: async (options) => (await import('./workplace.ts')).openWorkplace(options),
  servers: {
    async serve(options) {
      // It gives schemas what the API's document needs, and only those that are made after it.
      await import('@hono/zod-openapi');
      return (await import('./serve.ts')).serve(options);
    },
    work: async (options) => (await import('./run-worker.ts')).runWorker(options),
    speakMcp: async (options) => (await import('./run-mcp.ts')).runMcp(options),
  },
  maintenance: {
    migrate: async (options) => (await import('./maintenance.ts')).migrateData(options),
    restore: async (file, options) => (await import('./maintenance.ts')).restoreData(file, options),
  },
  remedies: {
    lint: async (file) => (await loadRemedyDesk()).lint(file),
    compile: async (file, folder) => (await loadRemedyDesk()).compile(file, folder),
    sign: async (file, key) => (await loadRemedyDesk()).sign(file, key),
    verify: async (request) => (await loadRemedyDesk()).verify(request),
    schema: async () => (await loadRemedyDesk()).schema(),
  },
  dkim: { setUp: async (request) => (await import('./dkim-desk.ts')).dkimDesk.setUp(request) },
  out: process.stdout,
  err: process.stderr,
  registerEvaluations,
};

async function loadRemedyDesk() {
  return (await import('./remedy-desk.ts')).remedyDesk;
}
