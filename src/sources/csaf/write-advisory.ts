import type { CsafDocument, Vulnerability } from './csaf-document.ts';
import { type CsafProduct, readProducts } from './read-products.ts';
import { cvssOf, describeScore } from './severity.ts';

/** Headings by what remediations are; the words are those by which sections are recognised. */
const remediationHeadings: readonly (readonly [heading: string, categories: readonly string[]])[] = [
  ['Resolution', ['vendor_fix', 'fix_planned', 'optional_patch']],
  ['Workaround', ['workaround', 'mitigation']],
  ['No fix', ['no_fix_planned', 'none_available']],
];
const statusWords: Readonly<Record<string, string>> = {
  known_affected: 'Affected',
  known_not_affected: 'Not affected',
  fixed: 'Fixed',
  first_affected: 'First affected',
  first_fixed: 'First fixed',
  last_affected: 'Last affected',
  recommended: 'Recommended',
  under_investigation: 'Under investigation',
  unknown: 'Not known',
};
const threatWords: Readonly<Record<string, string>> = {
  exploit_status: 'Exploitation',
  impact: 'Impact',
  target_set: 'Targets',
};
const maxProductsListed = 2000;

/** The advisory as Markdown: what it's about, what it applies to, each vulnerability, what to do, how it came about. */
export function writeAdvisory(advisory: CsafDocument): string {
  const { document, vulnerabilities } = advisory;
  const products = readProducts(advisory.product_tree);
  const notes = document.notes.filter((note) => note.category !== 'legal_disclaimer');
  const isSummary = (category: string) => category === 'summary' || category === 'description';
  return [
    ...section('Summary', notes.filter((note) => isSummary(note.category)).map(writeNote)),
    ...section('Affected products', [bullets([...products.values()].map((product) => product.fullName))]),
    ...section(
      'Vulnerabilities',
      vulnerabilities.map((entry) => writeVulnerability(entry, products)),
    ),
    ...writeRemediations(vulnerabilities, products),
    ...section('More information', notes.filter((note) => !isSummary(note.category)).map(writeNote)),
    ...section('References', [
      list(
        document.references.map(({ summary, url }) =>
          url === '' ? escapeText(summary) : `${escapeText(summary)}: ${link(url)}`,
        ),
      ),
    ]),
    ...section('Revision history', [
      list(
        document.tracking.revision_history.map(
          ({ date, number, summary }) => `${number} (${date.slice(0, 10)}): ${escapeText(inline(summary))}`,
        ),
      ),
    ]),
  ].join('\n\n');
}

function writeVulnerability(
  vulnerability: Vulnerability,
  products: ReadonlyMap<string, CsafProduct>,
): string {
  const { cve, title, ids, cwe } = vulnerability;
  const name = [cve ?? ids[0]?.text, title].filter((part) => part !== undefined && part !== '').join(': ');
  const score = cvssOf(vulnerability);
  const facts = [
    ...(score === null ? [] : [describeScore(score)]),
    ...(cwe === undefined ? [] : [`${cwe.id}: ${escapeText(cwe.name)}`]),
    ...ids.map(({ system_name, text }) => `${escapeText(system_name)}: ${escapeText(text)}`),
    ...vulnerability.threats.map(
      ({ category, details }) =>
        `${threatWords[category] ?? escapeText(category)}: ${escapeText(inline(details))}`,
    ),
  ];
  const statuses = Object.entries(vulnerability.product_status)
    .filter(([, list]) => list.length > 0)
    .map(([status, listed]) => `${statusWords[status] ?? escapeText(status)}: ${names(listed, products)}.`);
  return paragraphs([
    `### ${escapeText(name || 'Vulnerability')}`,
    ...vulnerability.notes.map(writeNote),
    list(facts),
    ...statuses,
    list(vulnerability.references.map(({ summary, url }) => `${escapeText(inline(summary))}: ${link(url)}`)),
  ]);
}

/** Vendors repeat the same remediation at each vulnerability; it's written once, with all that it's for. */
function writeRemediations(
  vulnerabilities: readonly Vulnerability[],
  products: ReadonlyMap<string, CsafProduct>,
): string[] {
  const merged = new Map<
    string,
    { category: string; details: string; url: string | undefined; cves: Set<string>; products: Set<string> }
  >();
  for (const { cve, remediations } of vulnerabilities) {
    for (const { category, details, url, product_ids } of remediations) {
      const key = JSON.stringify([category, details, url]);
      const known = merged.get(key) ?? { category, details, url, cves: new Set(), products: new Set() };
      if (cve !== undefined) known.cves.add(cve);
      for (const id of product_ids) known.products.add(id);
      merged.set(key, known);
    }
  }
  const isForAll = (ids: ReadonlySet<string>) => ids.size === 0 || ids.size >= products.size;
  const known = remediationHeadings.flatMap(([, categories]) => categories);
  return remediationHeadings.flatMap(([heading, categories]) => {
    const entries = [...merged.values()].filter(
      ({ category }) =>
        categories.includes(category) || (heading === 'Workaround' && !known.includes(category)),
    );
    return section(
      heading,
      entries.map(({ details, url, products: ids }) => {
        const scope = isForAll(ids) ? [] : [`For: ${names([...ids], products)}.`];
        return paragraphs([block(details), ...(url === undefined ? [] : [link(url)]), ...scope]);
      }),
    );
  });
}

function names(ids: readonly string[], products: ReadonlyMap<string, CsafProduct>): string {
  const shown = ids
    .slice(0, maxProductsListed)
    .map((id) => escapeText(inline(products.get(id)?.fullName ?? id)));
  return shown.join('; ') + (ids.length > shown.length ? ` and ${ids.length - shown.length} more` : '');
}

function bullets(items: readonly string[]): string {
  const unique = [...new Set(items.map(inline))];
  const rest = unique.length - maxProductsListed;
  return list([
    ...unique.slice(0, maxProductsListed).map(escapeText),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ]);
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function section(heading: string, parts: readonly string[]): string[] {
  const body = paragraphs(parts);
  return body === '' ? [] : [`## ${heading}\n\n${body}`];
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function writeNote({ title, text }: { title?: string | undefined; text: string }): string {
  const heading =
    title === undefined || /^(summary|description)$/i.test(title) ? '' : `**${escapeText(inline(title))}**`;
  return paragraphs([heading, block(text)]);
}

/** Text of several lines: each a paragraph of its own, as in the vendor's JSON. */
function block(text: string): string {
  return paragraphs(text.split(/\r?\n/).map((line) => escapeText(line.trim())));
}

function inline(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Nothing in an advisory's text is Markdown: what could be is escaped. */
function escapeText(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~#&]/g, (sign) => `\\${sign}`)
    .replace(/^(\s*)([-+])(?=\s)/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s)/, '$1\\$2');
}

function link(url: string): string {
  return /^https?:\/\/[^\s<>]+$/.test(url) ? `<${url}>` : escapeText(url);
}
