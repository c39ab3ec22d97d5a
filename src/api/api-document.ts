import type { ApiApp } from './api-app.ts';
import type { ApiSettings } from './api-ports.ts';
import { createApiLinks } from './links.ts';
import { tokenScheme } from './operation.ts';

export type ApiDocument = ReturnType<ApiApp['getOpenAPI31Document']>;

const tags = [
  { name: 'Articles', description: 'Articles, their revisions, and what differs between two of them.' },
  { name: 'Feedback', description: 'What readers say below articles, and whether fixes worked.' },
  { name: 'Changes', description: 'What changed, in the order in which it was recorded.' },
  { name: 'Search', description: 'The whole archive, from an error code or half a message.' },
  { name: 'Technologies', description: 'Products and components that people follow, in a tree.' },
  { name: 'Subscriptions', description: 'What the token’s account follows, and from what on.' },
  { name: 'Digests', description: 'What the token’s account was told.' },
  { name: 'Remedies', description: 'Runnable fixes of articles, compiled to scripts and signed.' },
  { name: 'Sources', description: 'The knowledge bases that are watched, and the visits to them.' },
  { name: 'Token', description: 'The token itself.' },
];

const introduction = `
Everything that the site shows, for other programs. Reading needs no token; a token raises the limits, and shows and
changes what belongs to its account.

Lists come in pages: send \`next\` of one page as \`after\` to get the next.
`;

const tokenDescription =
  'A token that its owner made under Account, Tokens. An operation names the scope that it needs.';

/** The OpenAPI 3.1 document, made from the schemas that also validate. */
export function describeApi(app: ApiApp, settings: ApiSettings): ApiDocument {
  const { publicUrl, version } = settings;
  app.openAPIRegistry.registerComponent('securitySchemes', tokenScheme, {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'kba_…',
    description: tokenDescription,
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'kbalertz',
      version,
      description: introduction.trim(),
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: createApiLinks(publicUrl).api }],
    tags,
  });
  return JSON.parse(JSON.stringify(document, withoutFlags));
}

/** zod-to-openapi 8 writes the flag of a regular expression behind its pattern; JSON Schema reads all with `u`. */
function withoutFlags(key: string, value: unknown): unknown {
  return key === 'pattern' && typeof value === 'string' ? value.replace(/\/u$/, '') : value;
}
