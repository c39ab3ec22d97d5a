import { z } from '@hono/zod-openapi';
import type { ChangeFilter } from '../../knowledge/archive.ts';
import { changeKinds, significances } from '../../knowledge/change.ts';
import { asId, type ChangeId, type Instant } from '../../knowledge/ids.ts';
import { loadSources } from '../load-sources.ts';
import { defineOperation } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { changePageSchema, changeSchema, writeChange } from '../schemas/change.ts';
import { idParameter, instantParameter, limitParameter, nameParameter } from '../schemas/parameters.ts';
import { answerLines, jsonOrLines, wantsLines } from '../serving/answer-lines.ts';

const linesAtATime = 500;
/** Behind every change that there is. */
const endOfTime = asId<Instant>(Number.MAX_SAFE_INTEGER);

export const listChanges = defineOperation(
  {
    method: 'get',
    path: '/changes',
    operationId: 'listChanges',
    tags: ['Changes'],
    access: 'anybody',
    summary: 'Follow what changes',
    description: `
The change log in its own order, oldest first. It is numbered in the order of commits: whoever sends the last \`next\`
as \`after\` gets every change once, whatever is being written meanwhile. Begin with \`since\`, go on with \`after\`.

With \`Accept: application/x-ndjson\` all changes until now come one a line, whatever the \`limit\`; the number of the last
one is the next \`after\`.`.trim(),
    request: {
      query: z
        .strictObject({
          after: z
            .string()
            .regex(/^(0|[1-9]\d{0,14})$/, 'a whole number from 0 on')
            .transform(Number)
            .optional()
            .openapi({
              type: 'integer',
              minimum: 0,
              maximum: 999_999_999_999_999,
              description: 'The `next` of the page before; 0: the beginning of the log.',
              example: 4711,
            }),
          since: instantParameter(
            'Begins with what was recorded at this instant or later. Not beside `after`.',
          ).optional(),
          limit: limitParameter(500, 100),
          source: nameParameter('Of this source only.', 'starter').optional(),
          technology: nameParameter('Of this technology and all below it only.', 'windows').optional(),
          article: idParameter('Of this article only.', 12).optional(),
          kind: z.enum(changeKinds).optional(),
          significance: z
            .enum(significances)
            .optional()
            .openapi({ description: 'From this significance on.', example: 'material' }),
          alerting: z
            .enum(['true', 'false'])
            .default('false')
            .openapi({ description: '`true`: without baselines and imported history.' }),
        })
        .refine(({ after, since }) => after === undefined || since === undefined, {
          path: ['since'],
          error: 'goes without `after`',
        }),
    },
    responses: {
      200: jsonOrLines('A page of changes.', changePageSchema, changeSchema),
      ...problems('not-found'),
    },
  },
  ({ archive }) =>
    async (c) => {
      const { after, since, limit, source, technology, article, kind, significance, alerting } =
        c.req.valid('query');
      const sources = await loadSources(archive);
      const ofSource = source === undefined ? undefined : sources.byName.get(source);
      if (source !== undefined && ofSource === undefined) {
        return problem(c, 'not-found', `There is no source “${source}”.`);
      }
      const ofTechnology =
        technology === undefined
          ? undefined
          : (await archive.listTechnologies()).find(({ slug }) => slug === technology);
      if (technology !== undefined && ofTechnology === undefined) {
        return problem(c, 'not-found', `There is no technology “${technology}”.`);
      }
      const filter: Omit<ChangeFilter, 'limit' | 'before'> = {
        ...(ofSource !== undefined && { sourceId: ofSource.id }),
        ...(ofTechnology !== undefined && { technologyId: ofTechnology.id }),
        ...(article !== undefined && { articleId: asId(article) }),
        ...(kind !== undefined && { kinds: [kind] }),
        ...(significance !== undefined && { leastSignificance: significance }),
        onlyAlerting: alerting === 'true',
      };
      const start =
        since !== undefined ? await archive.findLogPosition(asId(since)) : asId<ChangeId>(after ?? 0);
      const write = (change: Parameters<typeof writeChange>[0]) =>
        writeChange(change, { links: c.get('links'), sources: sources.byId });
      if (wantsLines(c)) return answerLines(c, readAll(start));

      // Read before the page: what is visible by then is in the page, so that a filter may pass over it for good.
      const end = await archive.findLogPosition(endOfTime);
      const rows = await archive.listChangesAfter({ ...filter, after: start, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const hasMore = rows.length > limit;
      const last = Math.max(items.at(-1)?.id ?? 0, start ?? 0, hasMore ? 0 : (end ?? 0));
      return c.json({ items: items.map(write), next: String(last), hasMore }, 200);

      async function* readAll(from: ChangeId | null) {
        for (let position = from; ; ) {
          const page = await archive.listChangesAfter({ ...filter, after: position, limit: linesAtATime });
          yield page.map(write);
          position = page.at(-1)?.id ?? position;
          if (page.length < linesAtATime) return;
        }
      }
    },
);
