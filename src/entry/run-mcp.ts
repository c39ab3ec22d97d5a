import { once } from 'node:events';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import packageJson from '../../package.json' with { type: 'json' };
import { createMcpServer } from '../api/mcp/create-mcp-server.ts';
import type { WorkplaceOptions } from '../cli/workplace.ts';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { createRemedyLibrary, remedyKeyFile } from './remedies.ts';
import { startSearchService } from './search-service.ts';
import { stopSignal } from './stop-signal.ts';

/** Speaks the Model Context Protocol on standard input and output, over the local data, until the input ends. */
export async function runMcp(options: WorkplaceOptions): Promise<void> {
  const config = readConfig(process.env, options);
  const log = createLog(config.logLevel);
  const parts = await compose(config);
  const searching = startSearchService(options, log);
  const server = createMcpServer({
    settings: { publicUrl: config.publicUrl, version: packageJson.version },
    archive: parts.archive,
    findSearch: searching.findSearch,
    remedies: createRemedyLibrary(remedyKeyFile(config.dataFolder)),
  });
  const signal = stopSignal();
  const ended = Promise.race([
    once(process.stdin, 'end'),
    once(process.stdin, 'close'),
    once(signal, 'abort'),
  ]);
  await server.connect(new StdioServerTransport());
  if (!signal.aborted) await ended;
  await server.close();
  await searching.stop();
  await parts.close();
}
