import type { Archive } from '../../knowledge/archive.ts';
import { sortByName } from '../../knowledge/technology.ts';

/** The archive, with the tree and its counts, which nearly every page asks for, read once in `maxAgeMs`. */
export function rememberTechnologies(archive: Archive, maxAgeMs: number): Archive {
  const listTechnologies = rememberBriefly(() => archive.listTechnologies(), maxAgeMs);
  return {
    ...archive,
    listTechnologies,
    countArticlesByTechnology: rememberBriefly(() => archive.countArticlesByTechnology(), maxAgeMs),
    async listTechnologiesOfArticle(id) {
      const [all, ids] = await Promise.all([listTechnologies(), archive.listTechnologyIdsOfArticle(id)]);
      const own = new Set(ids);
      return sortByName(all.filter((technology) => own.has(technology.id)));
    },
  };
}

function rememberBriefly<Result>(ask: () => Promise<Result>, maxAgeMs: number): () => Promise<Result> {
  let kept: { readonly answer: Promise<Result>; readonly askedMs: number } | null = null;
  return () => {
    const nowMs = performance.now();
    if (kept === null || nowMs - kept.askedMs >= maxAgeMs) {
      const answer = ask();
      kept = { answer, askedMs: nowMs };
      // A failure is told to those who wait for it, and asked again by the next.
      answer.catch(() => {
        kept = null;
      });
    }
    return kept.answer;
  };
}
