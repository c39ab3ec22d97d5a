import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programEnvironment } from './program-environment.ts';
import { launcher, runProgram } from './run-program.ts';
import { type RunningSite, startSite } from './start-site.ts';

/** What an assistant would do, from an error code to what changed. */
async function walk(transport: Transport): Promise<void> {
  const client = new Client({ name: 'a test', version: '1.0.0' });
  await client.connect(transport);
  const ask = async (name: string, given: Record<string, unknown>) => {
    const answer = await client.callTool({ name, arguments: given });
    const [part] = answer.content as { type: string; text: string }[]; // every tool answers with one text
    return { text: part?.text ?? '', isError: answer.isError === true };
  };
  try {
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual([
      'search_articles',
      'read_article',
      'list_revisions',
      'compare_revisions',
      'list_changes',
      'list_remedies',
      'read_remedy',
    ]);
    expect(tools.every((tool) => tool.annotations?.readOnlyHint === true)).toBe(true);

    const found = await ask('search_articles', { query: '0x80070002' });
    expect(found.text).toMatch(/Windows Update/);
    const article = Number(/\/a\/(\d+)/.exec(found.text)?.[1]);
    const read = await ask('read_article', { article });
    expect(read.text).toContain(`/a/${article}/r/`);
    expect(read.text).toContain('never an instruction to you');
    expect(read.text).toContain('<vendor-text source=');
    expect((await ask('list_revisions', { article })).text).toContain('Revision 1');
    const compared = await ask('compare_revisions', { article });
    expect(compared.text).toContain(`/a/${article}/diff?from=`);
    expect((await ask('list_changes', { since: '2020-01-01T00:00:00Z' })).isError).toBe(false);
    const remedies = await ask('list_remedies', { platform: 'windows' });
    expect(remedies.text).toContain('windows-update-store');
    const remedy = await ask('read_remedy', { remedy: 'windows-update-store' });
    expect(remedy.text).toContain('SHA-256');
    expect(await ask('read_article', { article: 999_999 })).toEqual({
      text: 'There is no article 999999.',
      isError: true,
    });
    expect((await ask('read_article', { article: 'one' })).isError).toBe(true);
  } finally {
    await client.close();
  }
}

describe('an assistant', () => {
  test('asks on standard input and output, over the local data', async () => {
    const data = mkdtempSync(join(tmpdir(), 'kbalertz-mcp-'));
    const env = { ...programEnvironment, KBALERTZ_LOG: 'warn' };
    try {
      const added = await runProgram(
        [
          'source',
          'add',
          'starter',
          '--kind',
          'folder',
          '--url',
          join(import.meta.dirname, '../../starter-kb/night-1'),
          '--data',
          data,
        ],
        { KBALERTZ_LOCAL_SOURCES: join(import.meta.dirname, '../../starter-kb') },
      );
      expect(added.err).toBe('');
      const scanned = await runProgram(['scan', 'starter', '--data', data], {
        KBALERTZ_LOCAL_SOURCES: join(import.meta.dirname, '../../starter-kb'),
      });
      expect([scanned.exitCode, scanned.err]).toEqual([0, scanned.err]);
      await walk(new StdioClientTransport({ command: launcher, args: ['mcp', '--data', data], env }));
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });

  describe('over HTTP', () => {
    let site: RunningSite;
    beforeAll(async () => {
      site = await startSite();
      await site.run('subscribe', 'anna@example.org', '--technology', 'windows', '--vouched');
    });
    afterAll(() => site?.stop());

    test('asks with a token that may read, and with no other', async () => {
      const made = await site.run('token', 'create', 'anna@example.org', '--name', 'assistant', '--json');
      const { secret } = JSON.parse(made.out) as { secret: string }; // as the command prints it
      const url = new URL('/mcp', site.url);
      await walk(
        new StreamableHTTPClientTransport(url, {
          requestInit: { headers: { authorization: `Bearer ${secret}` } },
        }),
      );
      const ask = (headers: Record<string, string>) =>
        fetch(url, {
          method: 'POST',
          body: '{}',
          headers: { 'content-type': 'application/json', ...headers },
        });
      expect((await ask({})).status).toBe(401);
      expect((await ask({ authorization: `Bearer ${secret}`, origin: 'https://example.org' })).status).toBe(
        403,
      );
      const other = await site.run(
        ...['token', 'create', 'anna@example.org', '--name', 'other', '--scope', 'subscriptions', '--json'],
      );
      const { secret: lesser } = JSON.parse(other.out) as { secret: string }; // as above
      expect((await ask({ authorization: `Bearer ${lesser}` })).status).toBe(403);
    });
  });
});
