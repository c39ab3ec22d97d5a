import { createHash } from 'node:crypto';
import type { ArticleDraft } from '../../knowledge/article.ts';
import type { Clock } from '../../knowledge/clock.ts';
import type { Instant } from '../../knowledge/ids.ts';
import { type Snapshot, type Source, SourceError } from '../../knowledge/source.ts';
import type { RememberedVisit, VisitMemory } from './fetch-memory.ts';
import type { Validators } from './fetched.ts';

/** One night's visit to a source whose state is the sum of many small answers: a feed's entries, a site's pages. */
export type VisitRound = {
  /** What the former night left, with what this round has found so far. */
  find(resource: string): RememberedVisit | null;
  /** True when this round has visited it already, also before it was cut short. */
  isDone(resource: string): boolean;
  /** All resources that are articles. */
  listArticles(): string[];
  validatorsOf(resource: string): Validators;
  /** `note` is for the next visit. */
  recordArticle(
    resource: string,
    draft: ArticleDraft,
    visit?: { validators?: Validators; note?: string | null },
  ): Promise<void>;
  recordUnchanged(resource: string): Promise<void>;
  recordList(resource: string, content: string, validators: Validators): Promise<void>;
  recordGone(resource: string, because: string | null): Promise<void>;
  /** Keeps what was found so far for a round that goes on later. */
  pause(): Promise<void>;
  /**
   * Ends the round: the snapshot of what is different from the cursor's state, or null when nothing is. It's whole
   * for a first scan, and when the memory was lost while this round has seen everything there is (`isComplete`).
   */
  finish(outcome: { warnings: readonly string[]; isComplete: boolean }): Promise<Snapshot | null>;
};

const noValidators: Validators = { etag: null, lastModified: null };
const batchSize = 50;
/** Grows when articles are read from the same answers in another way: then every answer is asked for again. */
const readingVersion = 1;
const settingsResource = 'settings of the last round';

/** Opens a round, or goes on with the one that was cut short. Refuses moments that nobody remembers. */
export async function openVisitRound(options: {
  source: Source;
  cursor: string | null;
  asOf: Instant | null;
  memory: VisitMemory;
  clock: Clock;
}): Promise<VisitRound> {
  const { source, cursor, memory, clock } = options;
  const { settled, open, dropped } = await memory.openRound(source.id, cursor);
  const held = findHeldProof({ source, asOf: options.asOf, dropped });
  const settings = hashText(JSON.stringify([readingVersion, source.url, source.settings]));
  const known = forgetAnswers(new Map(settled.map((visit) => [visit.resource, visit])), settings);
  const done = new Map(open.map((visit) => [visit.resource, visit]));
  if (done.get(settingsResource)?.note !== settings) done.clear();
  let unsaved: RememberedVisit[] = [];

  const find = (resource: string) => done.get(resource) ?? known.get(resource) ?? null;

  const record = async (visit: RememberedVisit) => {
    done.set(visit.resource, visit);
    unsaved.push(visit);
    if (unsaved.length >= batchSize) await save();
  };
  const save = async () => {
    await memory.recordVisits(source.id, unsaved);
    unsaved = [];
  };
  const visit = (resource: string, facts: Partial<RememberedVisit>): RememberedVisit => ({
    resource,
    ...noValidators,
    contentHash: null,
    note: null,
    draft: null,
    isGone: false,
    visitedAt: clock.now(),
    ...facts,
  });

  await record(visit(settingsResource, { note: settings }));

  return {
    find,
    isDone: (resource) => done.has(resource),
    listArticles: () =>
      [...new Set([...known.keys(), ...done.keys()])].filter((resource) => isArticle(find(resource))),
    validatorsOf(resource) {
      const { etag, lastModified } = find(resource) ?? noValidators;
      return { etag, lastModified };
    },
    async recordArticle(resource, draft, { validators = noValidators, note = null } = {}) {
      const text = JSON.stringify(draft, (_, value) => (typeof value === 'string' ? storable(value) : value));
      const contentHash = hashText(text);
      const isSame = known.get(resource)?.contentHash === contentHash;
      await record(visit(resource, { ...validators, note, contentHash, draft: isSame ? null : text }));
    },
    async recordUnchanged(resource) {
      const before = find(resource);
      if (before !== null)
        await record({ ...before, draft: done.get(resource)?.draft ?? null, visitedAt: clock.now() });
    },
    async recordList(resource, content, validators) {
      await record(visit(resource, { ...validators, note: content }));
    },
    async recordGone(resource, because) {
      await record(visit(resource, { isGone: true, note: because }));
    },
    pause: save,
    async finish({ warnings, isComplete }) {
      await save();
      const asOf = clock.now();
      const now = new Map([...known, ...done]);
      const state = hashState([...now.values()].filter(isArticle));
      if (cursor !== null && stateOf(cursor) === state) {
        await memory.closeRound(source.id, cursor);
        return null;
      }
      const proof = proveState(state, asOf, held);
      await memory.closeRound(source.id, proof);
      const isWhole = cursor === null || (isComplete && known.size === 0);
      return {
        asOf,
        proof,
        extent: isWhole ? 'whole' : 'difference',
        drafts: [...done.values()].flatMap(({ draft }) => (draft === null ? [] : [parseDraft(draft)])),
        vanished: [...done.values()]
          .filter((entry) => entry.isGone && isArticle(known.get(entry.resource) ?? null))
          .map((entry) => ({ key: entry.resource, because: entry.note })),
        articleCount: [...now.values()].filter(isArticle).length,
        warnings,
      };
    },
  };
}

/** Neither database keeps a NUL or half a character. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

/**
 * Kinds that show only what is there now know one former moment: that of a snapshot that was held, which is read again
 * when an administrator accepts it. Its proof, null when now is asked for. Throws SourceError for any other moment.
 */
export function findHeldProof(request: {
  source: Source;
  asOf: Instant | null;
  dropped: readonly string[];
}): string | null {
  const { source, asOf, dropped } = request;
  if (asOf === null) return null;
  const held = dropped.find((proof) => Number(proof.split('@')[1]) === asOf);
  if (held !== undefined) return held;
  throw new SourceError(
    'no-memory',
    `${source.title} shows its articles only as they are now: scan it without a moment.`,
  );
}

/** The proof of a state at a moment; that of the held snapshot where the state is still the same. */
export function proveState(state: string, asOf: Instant, held: string | null): string {
  return held !== null && stateOf(held) === state ? held : `${state}@${asOf}`;
}

/** The state that a proof is of, whenever it was seen. */
export function stateOf(proof: string): string {
  return proof.split('@')[0] ?? '';
}

/** With other settings the same answers give other articles: they are asked for without conditions. */
function forgetAnswers(known: Map<string, RememberedVisit>, settings: string): Map<string, RememberedVisit> {
  if (known.get(settingsResource)?.note === settings) return known;
  return new Map(
    [...known].map(([resource, visit]) => [resource, { ...visit, ...noValidators, note: null }]),
  );
}

function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isArticle(visit: RememberedVisit | null): boolean {
  return visit !== null && visit.contentHash !== null && !visit.isGone;
}

function hashState(visits: readonly RememberedVisit[]): string {
  const hash = createHash('sha256');
  for (const line of visits.map((visit) => `${visit.resource}\n${visit.contentHash}\n`).sort())
    hash.update(line);
  return hash.digest('hex');
}

/** Drafts come back from our own memory as they went in. */
function parseDraft(text: string): ArticleDraft {
  return JSON.parse(text) as ArticleDraft; // written by recordArticle above
}
