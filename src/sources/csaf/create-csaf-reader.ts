import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../knowledge/clock.ts';
import { SourceError, type SourceReader } from '../../knowledge/source.ts';
import type { VisitMemory } from '../http/fetch-memory.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { openVisitRound, type VisitRound } from '../http/visit-round.ts';
import { createWarnings } from '../http/warnings.ts';
import { readSettings, technologiesSetting } from '../read-settings.ts';
import { draftAdvisory, findWithdrawal, readAdvisory } from './draft-advisory.ts';
import { type ListedDocument, listDocuments } from './list-documents.ts';

export const csafSettingsSchema = z.object({
  /** The oldest advisories to take, `YYYY-MM-DD` of their last change as the list gives it. */
  since: z.iso.date().optional(),
  /** Only so many, from the top of the list. */
  maxDocuments: z.coerce.number().int().min(1).default(500_000),
  technologies: technologiesSetting,
});

type Outcome =
  | { readonly kind: 'read' }
  | { readonly kind: 'passed' | 'postponed'; readonly because: string };

/** Reads the advisories of a CSAF provider: only those that its list calls changed, each checked against its hash. */
export function createCsafReader(parts: {
  client: PoliteClient;
  memory: VisitMemory;
  clock: Clock;
}): SourceReader {
  const { client, memory, clock } = parts;
  return {
    async *readSnapshots({ source, cursor, asOf, signal }) {
      const settings = readSettings(csafSettingsSchema, 'csaf', source.settings);
      const round = await openVisitRound({ source, cursor, asOf, memory, clock });
      const warnings = createWarnings();
      const list = await listDocuments({ url: source.url, client, round, signal });
      for (const warning of list.warnings) warnings.add(warning);
      const { since, maxDocuments } = settings;
      const wanted = list.documents
        .filter(({ updated }) => since === undefined || updated === null || updated >= since)
        .slice(0, maxDocuments);
      const visit = createDocumentVisit({ client, round, technologies: settings.technologies, signal });

      let postponed: string | null = null;
      for (const document of wanted) {
        const key = keyOf(document.url);
        if (round.isDone(key)) continue;
        signal.throwIfAborted();
        const outcome = await visit(document, key);
        if (outcome.kind === 'postponed') {
          postponed = outcome.because;
          break;
        }
        if (outcome.kind === 'passed')
          warnings.add(`${document.url} was passed over: ${outcome.because}.`, outcome.because);
      }
      if (postponed !== null) {
        await round.pause();
        if (cursor === null) throw unfinished(wanted, round, postponed);
        warnings.add(`Only a part was read: ${postponed}. The rest follows next time.`);
      } else {
        const listed = new Set(wanted.map(({ url }) => keyOf(url)));
        for (const key of round.listArticles()) {
          if (!listed.has(key))
            await round.recordGone(key, 'The provider does not list the advisory any more.');
        }
      }
      if (round.listArticles().length === 0) {
        throw new SourceError(
          'no-advisories',
          `No document of ${source.url} could be read as an advisory. ${warnings.list()[0] ?? ''}`,
        );
      }
      const snapshot = await round.finish({ warnings: warnings.list(), isComplete: postponed === null });
      if (snapshot !== null) yield snapshot;
    },
  };
}

function createDocumentVisit(parts: {
  client: PoliteClient;
  round: VisitRound;
  technologies: readonly string[];
  signal: AbortSignal;
}): (document: ListedDocument, key: string) => Promise<Outcome> {
  const { client, round, technologies, signal } = parts;

  return async ({ url, updated, hashUrl }, key) => {
    const before = round.find(key);
    if (before !== null && updated !== null && before.note === updated) {
      await round.recordUnchanged(key);
      return { kind: 'read' };
    }
    const fetched = await client.fetch({
      url,
      accept: 'application/json',
      validators: round.validatorsOf(key),
      signal,
    });
    if (fetched.kind === 'unchanged') {
      await round.recordUnchanged(key);
      return { kind: 'read' };
    }
    if (fetched.kind === 'postponed') return fetched;
    if (fetched.kind === 'missing') {
      if (before?.contentHash != null)
        await round.recordGone(key, `The provider removed the advisory (${fetched.status}).`);
      return { kind: 'passed', because: `the server answered ${fetched.status}` };
    }
    if (fetched.kind !== 'page') return pass(key, fetched.because);

    const hash = await checkHash(fetched.body, { url, hashUrl });
    if (hash.kind === 'postponed') return hash;
    if (hash.kind === 'passed') return pass(key, hash.because);
    const read = readAdvisory(new TextDecoder().decode(fetched.body));
    if (read.kind === 'broken') return pass(key, read.because);
    const withdrawal = findWithdrawal(read.advisory);
    if (withdrawal !== null) {
      await round.recordGone(key, withdrawal);
      return { kind: 'read' };
    }
    const draft = draftAdvisory(read.advisory, { key, url, placeTechnologies: technologies });
    await round.recordArticle(key, draft, { validators: fetched.validators, note: updated });
    return { kind: 'read' };
  };

  /** What can't be read now stays as it was. */
  async function pass(key: string, because: string): Promise<Outcome> {
    if (round.find(key)?.contentHash != null) await round.recordUnchanged(key);
    return { kind: 'passed', because };
  }

  async function checkHash(
    body: Uint8Array,
    { url, hashUrl }: { url: string; hashUrl: string | null },
  ): Promise<Outcome> {
    const fetched = await client.fetch({ url: hashUrl ?? `${url}.sha512`, maxBytes: 100_000, signal });
    if (fetched.kind === 'postponed') return fetched;
    // A list that names no hash need not have one; a hash that is named must be there.
    if (fetched.kind === 'missing' && hashUrl === null) return { kind: 'read' };
    if (fetched.kind !== 'page') return { kind: 'passed', because: 'its SHA-512 could not be read' };
    const problem = checkSha512(body, new TextDecoder().decode(fetched.body));
    return problem === null ? { kind: 'read' } : { kind: 'passed', because: problem };
  }
}

/** null when the first word of a `.sha512` file is the hash of the bytes; else what is wrong, as a sentence. */
export function checkSha512(body: Uint8Array, hashFile: string): string | null {
  const stated = hashFile.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
  if (!/^[0-9a-f]{128}$/.test(stated)) return 'its hash file holds no SHA-512';
  const actual = createHash('sha512').update(body).digest('hex');
  return actual === stated ? null : 'its SHA-512 is another one than stated';
}

/** The file's name is made of the tracking id (CSAF 2.0, section 5.1) and stays when directories change. */
function keyOf(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  return decodeURIComponent(name.replace(/%(?![0-9a-f]{2})/gi, '%25'))
    .replace(/\.json$/i, '')
    .toLowerCase()
    .slice(0, 500);
}

function unfinished(wanted: readonly ListedDocument[], round: VisitRound, because: string): SourceError {
  const read = wanted.filter(({ url }) => round.isDone(keyOf(url))).length;
  return new SourceError(
    'postponed',
    `${read} of ${wanted.length} advisories are read and kept, and the next scan goes on from there: ${because}.`,
  );
}
