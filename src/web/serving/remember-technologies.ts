import type { Archive } from '../../knowledge/archive.ts';

/** The archive, with the tree and its counts, which nearly every page asks for, read once in `maxAgeMs`. */
export function rememberTechnologies(archive: Archive, maxAgeMs: number): Archive {
  return {
    ...archive,
    listTechnologies: rememberBriefly(() => archive.listTechnologies(), maxAgeMs),
    countArticlesByTechnology: rememberBriefly(() => archive.countArticlesByTechnology(), maxAgeMs),
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
