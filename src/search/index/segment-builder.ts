import { sectionKinds } from '../../knowledge/document.ts';
import { findKbNumbers } from '../../knowledge/identifiers/kb-numbers.ts';
import { resolveRepositoryPath } from '../../knowledge/reading/include-links.ts';
import { kbTerm, ownIdTerm } from '../analysis/special-terms.ts';
import type { TextAnalyser } from '../analysis/text-analyser.ts';
import { dayOfDate } from '../query/parse-day-range.ts';
import type { SearchDocument } from '../search-document.ts';
import { BlockCatalogue } from './block-catalogue.ts';
import { listTitles, visitTexts, wordsOfSlug } from './document-texts.ts';
import { fields, fieldWeights, flagRemedy, flagRetired, noDay, packPlace, saturation } from './fields.ts';
import { GrowingBytes, GrowingNumbers } from './growing-array.ts';
import { Interner } from './interner.ts';
import { type NameKind, NameWriter, nameKinds } from './name-catalogue.ts';
import { packSegment } from './pack-segment.ts';

const maxDocuments = 1 << 24;
const weights = fields.map((field) => fieldWeights[field]);
const quoteField = fields.indexOf('quote');

/**
 * Collects documents of one language and makes a segment of them: an immutable piece of the index. A class for its
 * lifecycle: `add` as often as needed, then `finish` once.
 */
export class SegmentBuilder {
  readonly language: string;
  readonly #blocks: BlockCatalogue;
  readonly #names: NameWriter;
  readonly #strings = new Interner();
  readonly #postings = { terms: new GrowingNumbers(1 << 16), entries: new GrowingNumbers(1 << 16) };
  readonly #places = {
    blocks: new GrowingNumbers(),
    places: new GrowingBytes(),
    starts: new GrowingNumbers(),
  };
  readonly #technologies = { items: new GrowingNumbers(), starts: new GrowingNumbers() };
  readonly #nameLists = {
    items: new GrowingNumbers(),
    kinds: new GrowingBytes(),
    starts: new GrowingNumbers(),
  };
  readonly #links = {
    texts: new GrowingNumbers(),
    targets: new GrowingNumbers(),
    starts: new GrowingNumbers(),
  };
  readonly #facts = {
    articleIds: [] as number[],
    sourceIds: [] as number[],
    changedAt: [] as number[],
    createdAt: [] as number[],
    reviewedDays: [] as number[],
    flags: [] as number[],
    sections: [] as number[],
    keys: [] as number[],
    urls: [] as number[],
  };
  /** Weighted count of each term in the document at hand, and the terms that have one. */
  #counts = new Float64Array(1 << 12);
  readonly #touched = new GrowingNumbers();

  constructor(analyser: TextAnalyser) {
    this.language = analyser.language;
    this.#blocks = new BlockCatalogue(analyser);
    this.#names = new NameWriter(analyser, (term) => this.#blocks.terms.idOf(term));
    for (const list of [this.#places, this.#technologies, this.#nameLists, this.#links]) list.starts.push(0);
  }

  get documentCount(): number {
    return this.#facts.articleIds.length;
  }

  /** Throws when there are more than 16 million documents: their numbers have 24 bits. */
  add(document: SearchDocument): void {
    if (this.documentCount >= maxDocuments) throw new RangeError('A segment is full.');
    const from = this.#places.blocks.length;
    visitTexts(document, (text, field, section) => {
      this.#places.blocks.push(this.#blocks.add(text));
      this.#places.places.push(packPlace(field, section));
    });
    this.#places.starts.push(this.#places.blocks.length);
    this.#countTerms(from);
    this.#countIds(document);
    this.#writePostings();
    this.#addNames(document);
    this.#addLinks(document);
    this.#addFacts(document);
  }

  /** The segment as one buffer; see segment.ts. */
  finish(): SharedArrayBuffer {
    return packSegment({
      language: this.language,
      blocks: this.#blocks,
      names: this.#names.sequences,
      strings: this.#strings.list(),
      postings: this.#postings,
      places: this.#places,
      technologies: this.#technologies,
      nameLists: this.#nameLists,
      links: this.#links,
      facts: this.#facts,
    });
  }

  #countTerms(from: number): void {
    const { blocks, places } = this.#places;
    const lengths = new Float64Array(fields.length);
    for (let at = from; at < blocks.length; at += 1) {
      const field = places.at(at) >> 4;
      lengths[field] = (lengths[field] ?? 0) + this.#blocks.lengthOf(blocks.at(at));
    }
    const factors = weights.map(
      ({ weight, pivot, slope }, field) => weight / (1 - slope + (slope * (lengths[field] ?? 0)) / pivot),
    );
    // The words within quotation marks are no text of their own: their number is not kept, so their length counts as usual.
    factors[quoteField] = weights[quoteField]?.weight ?? 0;
    const quoted = factors[quoteField] ?? 0;
    const { items, starts } = this.#blocks.termCounts;
    const counts = this.#makeRoom(this.#blocks.terms.size);
    const touched = this.#touched;
    for (let at = from; at < blocks.length; at += 1) {
      const block = blocks.at(at);
      const factor = factors[places.at(at) >> 4] ?? 0;
      const end = starts[block + 1] ?? 0;
      for (let entry = starts[block] ?? 0; entry < end; entry += 2) {
        const term = items[entry] as number; // both halves of an entry are there
        const count = items[entry + 1] as number;
        const before = counts[term] as number; // there is room for all terms
        if (before === 0) touched.push(term);
        counts[term] = before + factor * ((count & 0xffff) + quoted * (count >>> 16));
      }
    }
  }

  /** The article's own ids count as much as anything can. */
  #countIds({ document, formerNames }: SearchDocument): void {
    for (const id of document.externalIds) {
      this.#count(this.#blocks.terms.idOf(ownIdTerm(id)), 1e6);
      for (const kb of findKbNumbers(id)) this.#count(this.#blocks.terms.idOf(kbTerm(kb)), 1e6);
    }
    for (const name of formerNames) {
      for (const kb of findKbNumbers(name)) this.#count(this.#blocks.terms.idOf(ownIdTerm(kb)), 1e6);
    }
  }

  #count(term: number, weighted: number): void {
    const counts = this.#makeRoom(term + 1);
    const before = counts[term] ?? 0;
    if (before === 0) this.#touched.push(term);
    counts[term] = before + weighted;
  }

  #makeRoom(terms: number): Float64Array {
    if (terms > this.#counts.length) {
      const larger = new Float64Array(Math.max(this.#counts.length * 2, terms));
      larger.set(this.#counts);
      this.#counts = larger;
    }
    return this.#counts;
  }

  #writePostings(): void {
    const { terms, entries } = this.#postings;
    const touched = this.#touched.view;
    const counts = this.#counts;
    const document = this.documentCount << 8;
    terms.append(touched);
    for (let at = 0; at < touched.length; at += 1) {
      const term = touched[at] as number; // within bounds, as is its count
      const count = counts[term] as number;
      entries.push(document | Math.max(1, Math.round((255 * count) / (count + saturation))));
      counts[term] = 0;
    }
    this.#touched.length = 0;
  }

  #addNames({ document, formerNames, key }: SearchDocument): void {
    const add = (text: string, kind: NameKind) => {
      if (text === '') return;
      this.#nameLists.items.push(this.#names.add(text));
      this.#nameLists.kinds.push(nameKinds.indexOf(kind));
    };
    for (const title of listTitles(document)) add(title, 'title');
    for (const name of formerNames) add(name, 'former');
    add(wordsOfSlug(key), 'path');
    this.#nameLists.starts.push(this.#nameLists.items.length);
  }

  /** What the article calls others: by key within its source, and by URL. */
  #addLinks({ document, key, url }: SearchDocument): void {
    for (const section of document.sections) {
      for (const block of section.blocks) {
        for (const { text, href } of block.links) {
          const target = text === '' || href.startsWith('#') ? null : resolveLink(href, key, url);
          if (target === null) continue;
          this.#links.texts.push(this.#strings.idOf(text));
          this.#links.targets.push(this.#strings.idOf(target));
        }
      }
    }
    this.#links.starts.push(this.#links.texts.length);
  }

  #addFacts(document: SearchDocument): void {
    const facts = this.#facts;
    const { vendorDate, sections } = document.document;
    facts.articleIds.push(document.articleId);
    facts.sourceIds.push(document.sourceId);
    facts.changedAt.push(document.changedAt);
    facts.createdAt.push(document.createdAt);
    facts.reviewedDays.push((vendorDate === null ? null : dayOfDate(vendorDate)) ?? noDay);
    facts.flags.push((document.isRetired ? flagRetired : 0) | (document.hasRemedy ? flagRemedy : 0));
    facts.sections.push(sections.reduce((mask, { kind }) => mask | (1 << sectionKinds.indexOf(kind)), 0));
    facts.keys.push(this.#strings.idOf(document.key));
    facts.urls.push(this.#strings.idOf(document.url ?? ''));
    for (const id of document.technologies) this.#technologies.items.push(id);
    this.#technologies.starts.push(this.#technologies.items.length);
  }
}

/** A URL, or the key of the article that a relative link means; null for neither. */
function resolveLink(href: string, key: string, url: string | null): string | null {
  if (/^https?:/i.test(href)) return href.replace(/[?#].*$/s, '');
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return null;
  if (href.startsWith('/') && url !== null && URL.canParse(href, url)) {
    return new URL(href, url).href.replace(/[?#].*$/s, '');
  }
  return resolveRepositoryPath(key, href);
}
