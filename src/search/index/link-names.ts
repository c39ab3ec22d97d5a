import type { TextAnalyser } from '../analysis/text-analyser.ts';
import { type Bits, forEachBit } from './bits.ts';
import { GrowingNumbers } from './growing-array.ts';
import { Interner } from './interner.ts';
import { type NameSequences, NameWriter, renumberNames } from './name-catalogue.ts';
import type { Segment } from './segment.ts';
import { packStrings, readString, type StringTable, sortTerms } from './string-table.ts';

/** What other articles call the documents of a segment where they link to them. */
export type LinkNames = {
  /** The terms of the names by number: other ones than the segment's, which may not have the words of others. */
  readonly terms: StringTable;
  /** For each document its names, as places in `sequences`. */
  readonly listStarts: Uint32Array;
  readonly list: Uint32Array;
  readonly sequences: NameSequences;
  /** For each term the documents that are called so, in rising order. */
  readonly documentStarts: Uint32Array;
  readonly documents: Uint32Array;
};

export type LivePart = { readonly segment: Segment; readonly live: Bits };

/** A text that names more articles than this names none of them. */
const maxTargets = 5;
const maxNamesOfOne = 40;

/** Follows the links of all documents. The result does not depend on the order of documents. */
export function collectLinkNames(
  parts: readonly LivePart[],
  analyserOf: (language: string) => TextAnalyser,
): LinkNames[] {
  const named = parts.map(() => new Map<number, Set<string>>());
  for (const [text, targets] of findTargets(parts)) {
    if (targets.size > maxTargets) continue;
    for (const { part, document } of targets.values()) {
      const names = named[part] ?? new Map<number, Set<string>>();
      const texts = names.get(document) ?? new Set();
      names.set(document, texts.add(text));
    }
  }
  return parts.map(({ segment }, part) =>
    writeLinkNames(segment.documentCount, named[part] ?? new Map(), analyserOf(segment.language)),
  );
}

type Target = { readonly part: number; readonly document: number };

/** Link text → the articles that it leads to, other than the one it stands in. */
function findTargets(parts: readonly LivePart[]): Map<string, Map<string, Target>> {
  const places = listPlaces(parts);
  const targets = new Map<string, Map<string, Target>>();
  parts.forEach(({ segment, live }, part) => {
    const { linkStarts, linkTexts, linkTargets, strings, sourceIds } = segment;
    // Articles repeat the links of others: each address is looked up once a source, each pair kept once.
    const found = new Map<number, Target | null>();
    const kept = new Set<number>();
    const stringCount = strings.starts.length;
    forEachBit(live, (document) => {
      const sourceId = sourceIds[document] ?? 0;
      const end = linkStarts[document + 1] ?? 0;
      for (let at = linkStarts[document] ?? 0; at < end; at += 1) {
        const address = linkTargets[at] ?? 0;
        const key = sourceId * stringCount + address;
        let target = found.get(key);
        if (target === undefined) {
          target = places.find(readString(strings, address), sourceId) ?? null;
          found.set(key, target);
        }
        if (target === null || (target.part === part && target.document === document)) continue;
        const pair = key * stringCount + (linkTexts[at] ?? 0);
        if (kept.has(pair)) continue;
        kept.add(pair);
        const text = readString(strings, linkTexts[at] ?? 0);
        const known = targets.get(text) ?? new Map<string, Target>();
        targets.set(text, known.set(`${target.part}/${target.document}`, target));
      }
    });
  });
  return targets;
}

/** Finds articles by key within a source, by URL, and by the last two parts of either where they name one only. */
function listPlaces(parts: readonly LivePart[]) {
  const byAddress = new Map<string, Target>();
  const byTail = new Map<string, Target | null>();
  parts.forEach(({ segment, live }, part) => {
    forEachBit(live, (document) => {
      const key = readString(segment.strings, segment.keys[document] ?? 0);
      const url = readString(segment.strings, segment.urls[document] ?? 0);
      const target = { part, document };
      byAddress.set(`${segment.sourceIds[document]} ${key}`, target);
      if (url !== '') byAddress.set(url.replace(/[?#].*$/s, ''), target);
      const tail = tailOf(key);
      if (tail !== null) byTail.set(tail, byTail.has(tail) ? null : target);
    });
  });
  return {
    find(address: string, sourceId: number): Target | undefined {
      const tail = tailOf(address);
      return (
        byAddress.get(`${sourceId} ${address}`) ??
        byAddress.get(address) ??
        (tail === null ? undefined : (byTail.get(tail) ?? undefined))
      );
    },
  };
}

/** `…/Client/activation/reset-state.md` and `/office/activation/reset-state` → `activation/reset-state` */
function tailOf(address: string): string | null {
  const last = address.lastIndexOf('/', address.length - 2);
  const folder = address.lastIndexOf('/', last - 1);
  if (last < 0 || !address.includes('-', last)) return null;
  return address
    .slice(folder + 1)
    .replace(/(?:\.(?:md|html?))?\/?$/i, '')
    .toLowerCase();
}

function writeLinkNames(
  documentCount: number,
  named: ReadonlyMap<number, ReadonlySet<string>>,
  analyser: TextAnalyser,
): LinkNames {
  const interned = new Interner();
  const writer = new NameWriter(analyser, (term) => interned.idOf(term));
  const list = new GrowingNumbers();
  const listStarts = new Uint32Array(documentCount + 1);
  const documentsOf = new Map<number, number[]>();
  for (let document = 0; document < documentCount; document += 1) {
    const texts = [...(named.get(document) ?? [])].sort().slice(0, maxNamesOfOne);
    const terms = new Set<number>();
    for (const text of texts) {
      const name = writer.add(text);
      list.push(name);
      for (const term of writer.termsOf(name)) terms.add(term);
    }
    listStarts[document + 1] = list.length;
    for (const term of terms) {
      const known = documentsOf.get(term);
      if (known) known.push(document);
      else documentsOf.set(term, [document]);
    }
  }
  const { texts, numberOf, order } = sortTerms(interned.list());
  const documentStarts = new Uint32Array(texts.length + 1);
  const documents = new GrowingNumbers();
  texts.forEach((_, number) => {
    for (const document of documentsOf.get(order[number] ?? 0) ?? []) documents.push(document);
    documentStarts[number + 1] = documents.length;
  });
  const { items, starts } = writer.sequences;
  const sequences = { items: items.slice(), starts };
  renumberNames(sequences, numberOf);
  return {
    terms: packStrings(texts),
    listStarts,
    list: list.view,
    sequences,
    documentStarts,
    documents: documents.view,
  };
}
