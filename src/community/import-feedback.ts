import { hash } from 'node:crypto';
import { z } from 'zod';
import { type ArticleId, asId, type FeedbackId, type Instant, type TechnologyId } from '../knowledge/ids.ts';
import { maxNameLength, maxTextLength } from './community.ts';
import { findDuplicate } from './duplicates.ts';
import { type FeedbackState, outcomes } from './feedback.ts';
import type { FeedbackStore } from './feedback-store.ts';
import { maskSecrets } from './mask-secrets.ts';
import { soundsHarmful } from './warnings.ts';

/** One line of a file of old feedback. */
const lineShape = z.strictObject({
  /** Anything that names the article: its number here, an external id, a key, a URL. */
  article: z.string().min(1).max(2000),
  author: z.string().max(200).default(''),
  /** ISO 8601, with a zone. */
  written: z.iso.datetime({ offset: true }),
  text: z.string().max(maxTextLength),
  outcome: z.enum(outcomes).nullable().default(null),
  harm: z.boolean().optional(),
  technology: z.string().max(200).optional(),
  version: z.string().max(200).default(''),
  /** reported: readers said that it is irrelevant; it is folded. */
  state: z.enum(['shown', 'reported']).default('shown'),
  /** Of the article; left out: the one that was newest here when it was written. */
  revision: z.int().min(0).optional(),
  /** Whatever names it where it comes from; left out: its own words do. */
  id: z.string().min(1).max(200).optional(),
});

export type ImportPorts = {
  readonly store: Pick<FeedbackStore, 'importFeedback' | 'listEarlierTexts'>;
  findArticle(name: string): Promise<ArticleId | null>;
  /** The revision that was newest at the instant; 0: before the first. */
  findRevisionAt(id: ArticleId, instant: Instant): Promise<number>;
  findTechnology(name: string): Promise<TechnologyId | null>;
};

export type ImportReport = {
  readonly imported: number;
  /** Imported before. */
  readonly known: number;
  /** Lines that could not be taken, by number, with why. */
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
};

/**
 * Takes old feedback in, a JSON object a line, masked as any other; what was imported before is passed over, so that a
 * file can be imported again. Duplicates on one article are merged.
 */
export async function importFeedback(lines: Iterable<string>, ports: ImportPorts): Promise<ImportReport> {
  const problems: ImportReport['problems'][number][] = [];
  const earlier = new Map<ArticleId, { id: FeedbackId; body: string; state: FeedbackState }[]>();
  let [number, imported, known] = [0, 0, 0];
  for (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') {
      problems.push({ line: number, problem: read });
      continue;
    }
    const articleId = await ports.findArticle(read.article);
    if (articleId === null) {
      problems.push({ line: number, problem: `There is no article "${read.article}".` });
      continue;
    }
    const texts = earlier.get(articleId) ?? [...(await ports.store.listEarlierTexts(articleId))];
    earlier.set(articleId, texts);
    const feedback = await toFeedback(read, articleId, ports);
    const duplicate = findDuplicate(
      feedback.body,
      texts.filter((one) => one.state === 'shown'),
    );
    const isMerged = feedback.state === 'shown' && duplicate !== null;
    const id = await ports.store.importFeedback({
      ...feedback,
      state: isMerged ? 'merged' : feedback.state,
      mergedInto: isMerged ? duplicate : null,
    });
    if (id === null) known += 1;
    else {
      imported += 1;
      if (!isMerged) texts.push({ id, body: feedback.body, state: feedback.state });
    }
  }
  return { imported, known, problems };
}

type Line = z.infer<typeof lineShape>;

function readLine(line: string): Line | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'This is no JSON.';
  }
  const parsed = lineShape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') || 'The line'}: ${issue?.message}.`;
}

async function toFeedback(line: Line, articleId: ArticleId, ports: ImportPorts) {
  const writtenAt = asId<Instant>(Date.parse(line.written));
  const { text: body } = maskSecrets(line.text.replace(/\r\n?/g, '\n').trim());
  const technologyId = line.technology === undefined ? null : await ports.findTechnology(line.technology);
  const short = (text: string) => maskSecrets(text.replace(/\s+/g, ' ').trim()).text.slice(0, maxNameLength);
  return {
    articleId,
    revision: line.revision ?? (await ports.findRevisionAt(articleId, writtenAt)),
    accountId: null,
    authorName: short(line.author),
    outcome: line.outcome,
    didHarm: line.harm ?? soundsHarmful(body),
    technologyId,
    version: short(line.version),
    body,
    state: line.state === 'reported' ? ('folded' as const) : ('shown' as const),
    queuedBecause: null,
    standing: 'imported' as const,
    writtenAt,
    suspicion: null,
    importKey: hash(
      'sha256',
      JSON.stringify(line.id === undefined ? [articleId, line.author, line.written, line.text] : [line.id]),
    ),
  };
}
