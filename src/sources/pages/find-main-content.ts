import type { Cheerio } from 'cheerio/slim';
import type { PageTree } from './parse-page.ts';

type Node = ReturnType<PageTree>[number];
type Selection = Cheerio<Node>;

/** What surrounds an article on every page of a site. */
const surroundings =
  'script, style, template, noscript, iframe, svg, nav, form, dialog, footer, aside, [hidden], [aria-hidden=true], ' +
  '[role=navigation], [role=banner], [role=contentinfo], [role=search], [role=complementary], [role=dialog]';
const namedSurroundings =
  /(^|[\s_-])(nav|navbar|menu|breadcrumbs?|share|sharing|social|cookies?|consent|promo|advert|ads|sidebar|related|recommended|feedback|comments?|pagination|pager|newsletter|subscribe|toolbar|skip-?link|sr-only|visually-hidden|rating|survey)($|[\s_-])/i;
const likelyPlaces =
  'main, [role=main], #main-content, #main, #content, .main-content, .article-content, .post-content, .entry-content, article';
const textBlocks = 'p, li, pre, td, dd, blockquote, h2, h3, h4';

/**
 * The part of the page that is the article: by the selector, else by the elements that are made for it, else where
 * most of the text that is no link stands. Removes what surrounds it from the tree. null when there is no text.
 */
export function findMainContent($: PageTree, selector: string | null): Selection | null {
  if (selector !== null) {
    const chosen = $(selector);
    return chosen.length > 0 ? chosen : null;
  }
  const pageText = textLength($('body').length > 0 ? $('body') : $.root());
  $(surroundings).remove();
  $('header').each((_, header) => {
    // A header within the article holds its title.
    if ($(header).closest('main, article, [role=main]').length === 0 && $(header).find('h1').length === 0)
      $(header).remove();
  });
  removeNamedSurroundings($);

  const place = findLikelyPlace($);
  if (place !== null) return place;
  const densest = findDensest($);
  if (densest !== null) return densest;
  return pageText > 0 ? ($('body').length > 0 ? $('body') : $.root().children()) : null;
}

function removeNamedSurroundings($: PageTree): void {
  for (const element of $('div, section, ul, ol, span, table').toArray()) {
    const name = `${$(element).attr('id') ?? ''} ${$(element).attr('class') ?? ''}`;
    if (!namedSurroundings.test(name)) continue;
    const selection = $(element);
    const isArticle =
      selection.find('h1').length > 0 || textLength(selection) - linkLength($, selection) > 800;
    if (!isArticle) selection.remove();
  }
}

/** The innermost of the likely places that still holds nearly all of the text that the outermost has. */
function findLikelyPlace($: PageTree): Selection | null {
  const places = $(likelyPlaces)
    .toArray()
    .map((element) => $(element))
    .filter((place) => textLength(place) >= 100);
  const [outermost] = places;
  if (outermost === undefined) return null;
  const longest = places.reduce(
    (best, place) => (textLength(place) > textLength(best) ? place : best),
    outermost,
  );
  const inner = places.filter((place) => textLength(place) > textLength(longest) * 0.8);
  return inner.at(-1) ?? longest;
}

function findDensest($: PageTree): Selection | null {
  const scores = new Map<Node, number>();
  for (const block of $(textBlocks).toArray()) {
    const selection = $(block);
    // Its inner blocks count for themselves.
    if (selection.find(textBlocks).length > 0) continue;
    const own = textLength(selection) - 1.5 * linkLength($, selection);
    if (own < 20) continue;
    const commas = (selection.text().match(/[,;.]/g) ?? []).length;
    const score = Math.min(own, 500) / 50 + Math.min(commas, 6);
    let share = 1;
    for (const ancestor of selection.parents().toArray().slice(0, 3)) {
      scores.set(ancestor, (scores.get(ancestor) ?? 0) + score * share);
      share /= 2;
    }
  }
  let best: Node | null = null;
  for (const [node, score] of scores) {
    if (score > 4 && (best === null || score > (scores.get(best) ?? 0))) best = node;
  }
  return best === null ? null : $(best);
}

function textLength(selection: Cheerio<Node> | ReturnType<PageTree['root']>): number {
  return selection.text().replace(/\s+/g, ' ').trim().length;
}

function linkLength($: PageTree, selection: Selection): number {
  return selection
    .find('a')
    .toArray()
    .reduce((sum, link) => sum + textLength($(link)), 0);
}
