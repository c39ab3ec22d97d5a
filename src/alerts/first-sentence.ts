import type { Document } from '../knowledge/document.ts';

const maxLength = 240;
const segmenters = new Map<string, Intl.Segmenter>();

/** The first sentence of what a document is about: of the vendor's description, else of its first paragraph. */
export function findFirstSentence(document: Document): string | null {
  const text = document.description ?? findFirstParagraph(document);
  if (text === null) return null;
  const folded = text.replace(/\s+/g, ' ').trim();
  const [first] = segmenterOf(document.language).segment(folded);
  const sentence = first?.segment.trim() ?? '';
  if (sentence === '') return null;
  if (sentence.length <= maxLength) return sentence;
  return `${sentence.slice(0, maxLength).replace(/\s+\S*$/, '')} …`;
}

function findFirstParagraph(document: Document): string | null {
  const sections = document.sections.filter((section) => section.kind !== 'applies-to');
  for (const section of sections) {
    const block = section.blocks.find(({ kind, text }) => kind === 'paragraph' && text.trim() !== '');
    if (block) return block.text;
  }
  return null;
}

function segmenterOf(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (segmenter === undefined) {
    const [known] = Intl.Segmenter.supportedLocalesOf(isTag(language) ? [language] : []);
    segmenter = new Intl.Segmenter(known ?? 'en', { granularity: 'sentence' });
    segmenters.set(language, segmenter);
  }
  return segmenter;
}

function isTag(language: string): boolean {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language);
}
