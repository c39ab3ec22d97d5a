import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import type { ApiPorts } from '../api-ports.ts';
import { createApiLinks } from '../links.ts';

/** What tools need: all of them only read. */
export type McpPorts = Pick<ApiPorts, 'archive' | 'findSearch' | 'remedies'> & {
  readonly settings: Pick<ApiPorts['settings'], 'publicUrl' | 'version'>;
};

/** One thing that an assistant can ask. */
export type Tool = { register(server: McpServer, ports: McpPorts): void };

/** There is nothing to answer with; the message says why, to the assistant. */
export class NothingToTell extends Error {
  override readonly name = 'NothingToTell';
  readonly code = 'nothing-to-tell';
}

/** Binds a tool's description to what it answers: a text with permanent links. */
export function defineTool<Input extends z.ZodRawShape>(
  described: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly input: Input;
  },
  answer: (
    ports: McpPorts & { readonly links: ReturnType<typeof createApiLinks> },
  ) => (input: z.infer<z.ZodObject<Input>>) => Promise<string>,
): Tool {
  const { name, title, description } = described;
  const schema = z.strictObject(described.input);
  return {
    register(server, ports) {
      const tell = answer({ ...ports, links: createApiLinks(ports.settings.publicUrl) });
      const annotations = { readOnlyHint: true, openWorldHint: false };
      server.registerTool(
        name,
        { title, description, inputSchema: schema, annotations },
        async (given: unknown) => {
          try {
            const text = await tell(schema.parse(given) as z.infer<z.ZodObject<Input>>); // strict of the same shape
            return { content: [{ type: 'text', text }] };
          } catch (error) {
            if (!(error instanceof NothingToTell)) throw error;
            return { content: [{ type: 'text', text: error.message }], isError: true };
          }
        },
      );
    },
  };
}

export const articleNumber = z.int().min(1).max(999_999_999_999_999).describe('Number of the article');
