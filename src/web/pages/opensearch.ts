import { html } from 'hono/html';
import type { Action } from '../site-app.ts';

/** Tells browsers how to search here from their address bar (OpenSearch 1.1). */
export function describeSearch(publicUrl: string): Action {
  return async (c) => {
    const xml = await html`<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>kbalertz</ShortName><Description>Articles of the knowledge bases that are watched</Description><InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="${publicUrl}/search?q={searchTerms}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="${publicUrl}/opensearch.xml"/>
</OpenSearchDescription>
`;
    return c.body(String(xml), 200, {
      'content-type': 'application/opensearchdescription+xml; charset=utf-8',
    });
  };
}
