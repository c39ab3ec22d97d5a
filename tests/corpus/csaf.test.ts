import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { formatCsafReport } from '../../src/cli/eval-csaf.ts';
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import { createScanner } from '../../src/knowledge/scanning/create-scanner.ts';
import { createTechnologyPlacing } from '../../src/knowledge/technologies/create-technology-placing.ts';
import { curatedTechnologies } from '../../src/knowledge/technologies/curated-tree.ts';
import { buildIndex } from '../../src/search/build-index.ts';
import { createSearch } from '../../src/search/create-search.ts';
import type { SearchDocument } from '../../src/search/search-document.ts';
import { emptyVocabulary } from '../../src/search/vocabulary.ts';
import { createCsafReader } from '../../src/sources/csaf/create-csaf-reader.ts';
import type { CsafDocument } from '../../src/sources/csaf/csaf-document.ts';
import { readAdvisory } from '../../src/sources/csaf/draft-advisory.ts';
import { evaluateCsaf } from '../../src/sources/csaf/evaluate-csaf.ts';
import { readProducts } from '../../src/sources/csaf/read-products.ts';
import {
  createTestClient,
  type LoopbackSite,
  openLoopbackSite,
} from '../../src/sources/http/loopback-site.fixture.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createFetchMemory } from '../../src/store/fetch-memory.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { extractData } from './extract-data.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test('every advisory is read, and its hash fits', async (context) => {
  const evaluation = await evaluateCsaf(extractData('csaf.tar.gz', context));
  console.info(formatCsafReport(evaluation));
  expect(evaluation).toMatchObject({ documents: 773, read: 773, hashesChecked: 773, failures: [] });
});

test('a provider on loopback is scanned whole; each CVE and product is found, each revision history kept', async (context) => {
  const folder = extractData('csaf.tar.gz', context);
  const site = await openProvider(folder);
  const database = openDatabase({ file: ':memory:' });
  cleanups.push(() => database.close());
  await migrate(database);
  const memory = createFetchMemory(database);
  const client = createTestClient({ sites: [site], memory });
  cleanups.push(() => client.close());
  const { archive, scanLedger, sources } = openStore(database);
  const clock = { now: () => asId<Instant>(Date.now()) };
  const scanner = createScanner({
    readerOf: () => createCsafReader({ client, memory, clock }),
    ledger: scanLedger,
    clock,
    placeTechnologies: (known) => createTechnologyPlacing(curatedTechnologies, known),
  });
  const added = await sources.add({
    name: 'cisa',
    title: 'CISA',
    kind: 'csaf',
    url: `${site.url}/white/rolie.json`,
    settings: {},
    schedule: '0 2 * * *',
    licence: '',
    attribution: '',
    createdAt: clock.now(),
  });
  if (added.kind !== 'added') throw new Error('the source was there before the test');

  expect(await scanner.scan(added.source)).toMatchObject({
    kind: 'done',
    scan: { articleCount: 773, warnings: [] },
  });
  const asked = site.requests.length;
  expect(asked).toBe(1 + 1 + 2 * 773); // robots.txt, the feed, each document with its hash
  // The feed changed by nothing: one conditional request.
  expect(await scanner.scan(added.source)).toMatchObject({ kind: 'unchanged' });
  expect(site.requests.length).toBe(asked + 1);

  const documents = await loadDocuments(archive, database);
  expect(documents).toHaveLength(773);
  const search = createSearch(buildIndex(documents, emptyVocabulary));
  const articleOf = new Map(documents.map(({ articleId, document }) => [document.externalIds[0], articleId]));
  const lost: string[] = [];
  const expectFound = (query: string, id: string) => {
    const answer = search.search({ query, limit: 1000 });
    if (!answer.hits.some((hit) => hit.articleId === articleOf.get(id))) lost.push(`${id}: ${query}`);
  };
  let histories = 0;
  for (const advisory of readAdvisories(folder)) {
    const { id, revision_history } = advisory.document.tracking;
    for (const cve of new Set(advisory.vulnerabilities.map((vulnerability) => vulnerability.cve))) {
      if (cve !== undefined) expectFound(cve, id);
    }
    for (const { technology } of readProducts(advisory.product_tree).values()) {
      if (technology !== null) expectFound(quote(technology), id);
    }
    const document = documents.find(({ articleId }) => articleId === articleOf.get(id))?.document;
    const history = document?.sections.find(({ heading }) => heading === 'Revision history')?.blocks ?? [];
    expect(history.map(({ text }) => text)).toEqual(
      revision_history.map(
        ({ number, date, summary }) =>
          `${number} (${date.slice(0, 10)}): ${summary.replace(/\s+/g, ' ').trim()}`,
      ),
    );
    histories += history.length;
    expect(document?.facts.severity, id).toMatch(/^(low|medium|high|critical)$/);
  }
  expect(lost).toEqual([]);
  expect(histories).toBeGreaterThan(773);
});

/** Serves the folder; the feed's addresses are those of the server. */
async function openProvider(folder: string): Promise<LoopbackSite> {
  const site = await openLoopbackSite((request, response) => {
    const path = (request.url ?? '').slice(1);
    if (path.includes('..')) return void response.writeHead(400).end();
    try {
      const etag = `"${path}"`;
      response.setHeader('etag', etag);
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
      const bytes = readFileSync(join(folder, path));
      response.end(
        path.endsWith('rolie.json')
          ? bytes.toString().replace(/https:\/\/[^"]*\/white\//g, `${site.url}/white/`)
          : bytes,
      );
    } catch {
      response.writeHead(404).end();
    }
  });
  cleanups.push(() => site.close());
  return site;
}

function* readAdvisories(folder: string): Generator<CsafDocument> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json') || name.endsWith('rolie.json')) continue;
    const read = readAdvisory(readFileSync(join(folder, name), 'utf8'));
    if (read.kind === 'broken') throw new Error(`${name}: ${read.because}`);
    yield read.advisory;
  }
}

async function loadDocuments(
  archive: ReturnType<typeof openStore>['archive'],
  database: ReturnType<typeof openDatabase>,
): Promise<SearchDocument[]> {
  const rows = await database.db.selectFrom('articles').select('id').execute();
  const articles = await archive.listArticles(rows.map(({ id }) => asId(id)));
  return Promise.all(
    articles.map(async (article) => {
      const revision = await archive.loadRevision(article.id, article.revision);
      if (revision === null) throw new Error(`${article.key} has no revision`);
      return {
        articleId: article.id,
        sourceId: article.sourceId,
        key: article.key,
        url: article.url,
        isRetired: false,
        document: revision.document,
        formerNames: [],
        technologies: [],
        createdAt: article.createdAt,
        changedAt: article.changedAt,
        hasRemedy: false,
      };
    }),
  );
}

/** A product's name as a phrase; what a comma divides is two. */
function quote(name: string): string {
  return name
    .replaceAll('"', ' ')
    .split(/,\s+/)
    .map((part) => `"${part}"`)
    .join(' ');
}
