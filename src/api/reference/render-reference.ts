import { html } from 'hono/html';
import type { ApiDocument } from '../api-document.ts';
import type { ApiSettings } from '../api-ports.ts';
import { createApiLinks } from '../links.ts';
import { problemKinds } from '../problem.ts';
import { type DescribedOperation, listOperations, listSchemas } from './described.ts';
import { inline, type Markup, paragraphs } from './markup.ts';
import { showNamedSchema, showOperation } from './show-operation.ts';

/** The reference of the API as one page of HTML that loads nothing but the site's style sheet. */
export async function renderReference(document: ApiDocument, settings: ApiSettings): Promise<string> {
  const links = createApiLinks(settings.publicUrl);
  const operations = listOperations(document);
  const schemas = listSchemas(document);
  const shown = { schemas, api: links.api };
  const tags = (document.tags ?? []).map(({ name, description = '' }) => ({
    name,
    description,
    anchor: name.toLowerCase(),
    own: operations.filter((operation) => operation.tags[0] === name),
  }));
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · kbalertz</title>
<meta name="description" content="Everything that the site shows, for other programs.">
<link rel="canonical" href="${links.reference}">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${settings.stylesHref}">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="mast"><div class="wrap">
<a class="mark" href="/">kbalertz</a>
<nav aria-label="Main"><a href="/changes">Changes</a><a href="/technologies">Technologies</a><a href="/help">Guide</a><a href="/account">Account</a></nav>
</div></header>
<main id="main"><div class="wrap"><div class="cols"><div>
<h1>API</h1>
${paragraphs(document.info.description ?? '')}
<p>Addresses begin with <code>${links.api}</code>. The same for programs: <a href="${links.document}">OpenAPI document</a>.</p>
${tags.map(
  ({ name, description, anchor, own }) => html`<h2 id="${anchor}">${name}</h2>
<p>${inline(description)}</p>
${own.map((operation, n) => html`${n > 0 && html`<hr>`}${showOperation(operation, shown)}`)}`,
)}
<h2 id="problems">Problems</h2>
<p>What goes wrong is told as <code>application/problem+json</code> (RFC 9457). Its <code>type</code> leads here.</p>
${showProblems()}
<h2 id="schemas">Schemas</h2>
${Object.entries(schemas).map(([name, schema]) => showNamedSchema(name, schema, schemas))}
</div>
<aside class="rail"><nav aria-label="On this page">
${tags.map(({ name, anchor, own }) => html`<section><h2><a href="#${anchor}">${name}</a></h2>${showContents(own)}</section>`)}
<section><h2>More</h2><ul class="contents"><li><a href="#problems">Problems</a></li><li><a href="#schemas">Schemas</a></li></ul></section>
</nav></aside>
</div></div></main>
<footer><div class="wrap">
<p>Articles belong to their publishers and keep their licences.</p>
</div></footer>
</body>
</html>`;
  return page.toString();
}

function showContents(operations: readonly DescribedOperation[]): Markup {
  return html`<ul class="contents">${operations.map(
    ({ operationId, summary }) => html`<li><a href="#${operationId}">${summary}</a></li>`,
  )}</ul>`;
}

function showProblems(): Markup {
  return html`<table class="table"><thead><tr><th>Status</th><th>Problem</th><th>What to do</th></tr></thead><tbody>
${Object.entries(problemKinds).map(
  ([kind, { status, title, advice }]) =>
    html`<tr id="problem-${kind}"><td class="num">${status}</td><td>${title}</td><td>${inline(advice)}</td></tr>`,
)}
</tbody></table>`;
}
