import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSha512 } from './create-csaf-reader.ts';
import { draftAdvisory, readAdvisory } from './draft-advisory.ts';
import { readProducts } from './read-products.ts';

export type CsafEvaluation = {
  readonly documents: number;
  readonly read: number;
  /** With a hash file beside it that fits. */
  readonly hashesChecked: number;
  readonly failures: readonly { readonly file: string; readonly because: string }[];
  /** Different names of products in full, all documents together. */
  readonly products: number;
  /** Different CVE ids. */
  readonly cves: number;
  /** Entries of revision histories. */
  readonly revisions: number;
  readonly severities: Readonly<Record<string, number>>;
  readonly slowestMs: number;
};

/** Reads every CSAF document of a folder as the csaf source does, with its hash file where there is one. */
export async function evaluateCsaf(folder: string): Promise<CsafEvaluation> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const files = new Set(names);
  const failures: { file: string; because: string }[] = [];
  const products = new Set<string>();
  const cves = new Set<string>();
  const severities: Record<string, number> = {};
  let [documents, read, hashesChecked, revisions, slowestMs] = [0, 0, 0, 0, 0];

  for (const file of names) {
    if (!file.endsWith('.json')) continue;
    const bytes = await readFile(join(folder, file));
    if (isList(bytes)) continue;
    documents += 1;
    const startedAt = performance.now();
    const problem = files.has(`${file}.sha512`)
      ? checkSha512(bytes, await readFile(join(folder, `${file}.sha512`), 'utf8'))
      : null;
    const outcome = readAdvisory(new TextDecoder().decode(bytes));
    if (problem !== null || outcome.kind === 'broken') {
      failures.push({ file, because: problem ?? (outcome.kind === 'broken' ? outcome.because : '') });
      continue;
    }
    const { advisory } = outcome;
    const { published } = draftAdvisory(advisory, {
      key: file,
      url: `https://csaf.example/${file}`,
      placeTechnologies: [],
    });
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    read += 1;
    if (files.has(`${file}.sha512`)) hashesChecked += 1;
    for (const product of readProducts(advisory.product_tree).values()) products.add(product.fullName);
    for (const { cve } of advisory.vulnerabilities) if (cve !== undefined) cves.add(cve);
    revisions += advisory.document.tracking.revision_history.length;
    const severity = published.facts.severity ?? 'none stated';
    severities[severity] = (severities[severity] ?? 0) + 1;
  }
  return {
    documents,
    read,
    hashesChecked,
    failures,
    products: products.size,
    cves: cves.size,
    revisions,
    severities,
    slowestMs: Math.round(slowestMs),
  };
}

/** ROLIE feeds and provider's metadata lie beside the documents. */
function isList(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 2000)).toString('utf8');
  return /^\s*\{\s*"(feed|canonical_url|distributions|\$schema)"/.test(head) && !/"document"\s*:/.test(head);
}
