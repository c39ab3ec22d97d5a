import type { ArticleDraft } from '../../knowledge/article.ts';
import { readDate } from '../dates/read-date.ts';
import { type CsafDocument, csafDocumentSchema } from './csaf-document.ts';
import { readProducts } from './read-products.ts';
import { readSeverity } from './severity.ts';
import { writeAdvisory } from './write-advisory.ts';

export type ReadAdvisory =
  | { readonly kind: 'advisory'; readonly advisory: CsafDocument }
  | { readonly kind: 'broken'; readonly because: string };

const maxDepth = 64;

/** Reads the text of a CSAF document. */
export function readAdvisory(text: string): ReadAdvisory {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      kind: 'broken',
      because: `it is no JSON (${error instanceof Error ? error.message : String(error)})`,
    };
  }
  if (isDeeper(value, maxDepth)) return { kind: 'broken', because: `it is nested deeper than ${maxDepth}` };
  const parsed = csafDocumentSchema.safeParse(value);
  if (parsed.success) return { kind: 'advisory', advisory: parsed.data };
  const [issue] = parsed.error.issues;
  return { kind: 'broken', because: `${issue?.path.join('.') || 'the whole'} is not as CSAF 2.0 wants it` };
}

/** The article of an advisory. */
export function draftAdvisory(
  advisory: CsafDocument,
  given: { key: string; url: string; placeTechnologies: readonly string[] },
): ArticleDraft {
  const { document, vulnerabilities } = advisory;
  const { tracking } = document;
  const { severity, score } = readSeverity(advisory);
  const cves = [...new Set(vulnerabilities.flatMap(({ cve }) => (cve === undefined ? [] : [cve])))];
  const technologies = [...readProducts(advisory.product_tree).values()].flatMap(
    ({ technology }) => technology ?? [],
  );
  const facts: Record<string, string> = {
    title: document.title,
    description: document.notes.find((note) => note.category === 'summary')?.text.slice(0, 500) ?? '',
    language: document.lang ?? '',
    'vendor-date': toDay(tracking.current_release_date),
    'vendor-revision': tracking.version,
    'applies-to': lines(technologies),
    'external-ids': lines([tracking.id, ...tracking.aliases, ...cves]),
    severity: severity ?? '',
    'cvss-score': score === null ? '' : score.base.toFixed(1),
    status: tracking.status,
    publisher: document.publisher?.name ?? '',
    'first-released': toDay(tracking.initial_release_date),
    tlp: document.distribution?.tlp?.label ?? '',
  };
  return {
    key: given.key,
    url: readablePage(document) ?? given.url,
    aliases: [tracking.id, given.url].filter((alias) => alias !== given.key),
    published: {
      format: 'markdown',
      text: writeAdvisory(advisory),
      includes: {},
      facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '')),
    },
    placeTechnologies: given.placeTechnologies,
  };
}

/** Why the vendor withdrew the advisory, in its words where it has any; null when it stands. */
export function findWithdrawal({ document }: CsafDocument): string | null {
  const newest = document.tracking.revision_history.at(-1)?.summary ?? '';
  // csaf_withdrawn is CSAF 2.1's; before it vendors say so in the title or in the last revision.
  const isWithdrawn =
    /^csaf_(withdrawn|superseded)$/.test(document.category) ||
    /^\W*(withdrawn|retracted|rejected)\b|\b(withdrawn|retracted)\W*$/i.test(document.title) ||
    /\b(advisory|document|it) (was|is|has been) (withdrawn|retracted|revoked)\b|^\W*(withdrawn|retracted|revoked)\b/i.test(
      newest,
    );
  if (!isWithdrawn) return null;
  const reason = document.notes.find((note) => /reason|withdraw|supersed/i.test(note.title ?? ''))?.text;
  return (reason || newest || 'The vendor withdrew the advisory.').replace(/\s+/g, ' ').trim().slice(0, 500);
}

/** The page for people, which the document names among its references to itself. */
function readablePage({ references }: CsafDocument['document']): string | null {
  const pages = references.filter(({ category, url }) => category === 'self' && /^https:\/\//.test(url));
  return pages.find(({ url }) => !/\.json$/i.test(url))?.url ?? null;
}

function toDay(written: string): string {
  const atMs = readDate(written);
  return atMs === null ? '' : new Date(atMs).toISOString().slice(0, 10);
}

function lines(names: readonly string[]): string {
  return [...new Set(names.map((name) => name.replace(/\s+/g, ' ').trim()))]
    .filter((name) => name !== '')
    .join('\n');
}

/** Schemas and writers follow the nesting, so it's bounded before they do. */
function isDeeper(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((entry) =>
      typeof entry === 'object' && entry !== null ? Object.values(entry) : [],
    );
  }
  return false;
}
