import type { Document } from '../document.ts';
import { readContentWords } from './content-words.ts';
import { splitSentences } from './split-sentences.ts';

/** What a document already says: its words, and its longer sentences, in the form in which equal ones are equal. */
export type Vocabulary = { readonly words: ReadonlySet<string>; readonly sentences: ReadonlySet<string> };

const leastWordsOfSentence = 5;
const known = new WeakMap<Document, Vocabulary>();

/** Reads a document's vocabulary; it is kept as long as the document is. */
export function readVocabulary(document: Document): Vocabulary {
  const kept = known.get(document);
  if (kept !== undefined) return kept;
  const words = new Set<string>();
  const sentences = new Set<string>();
  const add = (text: string) => {
    for (const sentence of splitSentences(text)) {
      const keys = readContentWords(sentence).map((word) => word.key);
      for (const key of keys) words.add(key);
      if (keys.length >= leastWordsOfSentence) sentences.add(sentenceKey(keys));
    }
  };
  add(document.title);
  for (const section of document.sections) {
    add(section.heading);
    for (const block of section.blocks) if (block.kind !== 'image') add(block.text);
  }
  const vocabulary = { words, sentences };
  known.set(document, vocabulary);
  return vocabulary;
}

export function sentenceKey(keys: readonly string[]): string {
  return keys.join(' ');
}
