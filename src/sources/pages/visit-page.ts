import { createHash } from 'node:crypto';
import type { ArticleDraft } from '../../knowledge/article.ts';
import { SourceError } from '../../knowledge/source.ts';
import type { FetchedPage } from '../http/fetched.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import type { VisitRound } from '../http/visit-round.ts';
import { draftPage } from './draft-page.ts';
import type { PageOptions, PageProblem } from './read-page.ts';

export type PageOutcome =
  | { readonly kind: 'read' | 'gone' }
  /** `failed` may work another time; `skipped` is what the page is like. */
  | { readonly kind: 'skipped' | 'failed' | 'postponed'; readonly because: string };

export type PageVisits = {
  /** One page: a conditional request where it's known. What moved to a listed page, or is gone, is recorded so. */
  visit(url: string): Promise<PageOutcome>;
  /** Gives the pages that others moved to their former addresses, so that the articles stay the same ones. */
  followMoves(): Promise<void>;
};

/** Visits the pages of one round and records in it what they are. */
export function createPageVisits(parts: {
  options: PageOptions;
  placeTechnologies: readonly string[];
  round: VisitRound;
  client: PoliteClient;
  listed: ReadonlySet<string>;
  isWanted: (url: string) => boolean;
  signal: AbortSignal;
}): PageVisits {
  const { options, placeTechnologies, round, client, listed, isWanted, signal } = parts;
  /** Former addresses by the listed page that they lead to now. */
  const moves = new Map<string, string[]>();
  const sameness = createSamenessGuard();

  return {
    visit,
    async followMoves() {
      for (const [url, former] of moves) {
        if (round.find(url)?.contentHash == null) continue;
        const fetched = await client.fetch({ url, signal });
        if (fetched.kind !== 'page') continue;
        const article = draft(fetched, url, former);
        if ('key' in article) await round.recordArticle(url, article, { validators: fetched.validators });
      }
    },
  };

  async function visit(url: string): Promise<PageOutcome> {
    const fetched = await client.fetch({ url, validators: round.validatorsOf(url), signal });
    // Also an unchanged answer can come from where the page is now: the same text has the same ETag there.
    if ('movedTo' in fetched && fetched.movedTo !== null && listed.has(fetched.movedTo)) {
      return move(url, fetched.movedTo);
    }
    if (fetched.kind === 'unchanged') {
      await round.recordUnchanged(url);
      return { kind: 'read' };
    }
    if (fetched.kind === 'missing')
      return recordGone(url, `The vendor removed the page (${fetched.status}).`);
    if (fetched.kind === 'forbidden') return skip(url, null, fetched.because);
    if (fetched.kind !== 'page') return fetched;

    const { movedTo } = fetched;
    // A redirection that leaves the site for now leads to a sign-in or a notice, not to the article.
    if (movedTo !== fetched.url && fetched.url !== url && !isWanted(fetched.url)) {
      return skip(url, fetched, `it redirects to ${new URL(fetched.url).host}`);
    }
    const article = draft(fetched, url, []);
    if (!('key' in article)) return skip(url, fetched, article.because);
    // A print view or the like: the page itself says that another one is the article.
    if (article.url !== null && article.url !== url && listed.has(article.url)) return move(url, article.url);
    sameness.check(article);
    await round.recordArticle(url, article, { validators: fetched.validators });
    return { kind: 'read' };
  }

  function draft(page: FetchedPage, key: string, aliases: readonly string[]): ArticleDraft | PageProblem {
    return draftPage(page, { key, aliases, placeTechnologies, options });
  }

  async function move(from: string, to: string): Promise<PageOutcome> {
    if (round.find(from)?.contentHash != null) moves.set(to, [...(moves.get(to) ?? []), from]);
    return recordGone(from, null);
  }

  async function recordGone(url: string, because: string | null): Promise<PageOutcome> {
    await round.recordGone(url, because);
    return { kind: 'gone' };
  }

  /** What was an article stays as it's known: a page that can't be read says nothing about it. */
  async function skip(url: string, page: FetchedPage | null, because: string): Promise<PageOutcome> {
    if (round.find(url)?.contentHash != null) await round.recordUnchanged(url);
    else if (page !== null) await round.recordList(url, '', page.validators);
    return { kind: 'skipped', because };
  }
}

const maxTwins = 20;

/**
 * Notices a site that answers everything with the same page, such as a notice of maintenance or a sign-in, and no
 * status that says so: it would revise every article. Throws SourceError.
 */
function createSamenessGuard(): { check(article: ArticleDraft): void } {
  const counts = new Map<string, number>();
  return {
    check({ key, published }) {
      const text = createHash('sha256').update(published.text).digest('base64');
      const count = (counts.get(text) ?? 0) + 1;
      counts.set(text, count);
      if (count <= maxTwins) return;
      throw new SourceError(
        'same-page',
        `More than ${maxTwins} addresses answer with the same text, the last one ${key}: a sign-in or a notice, it ` +
          'seems. All articles were kept. If it is right, leave those pages out by a pattern.',
      );
    },
  };
}
