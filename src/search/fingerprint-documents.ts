import { hash } from 'node:crypto';
import type { ArticleId } from '../knowledge/ids.ts';
import { asId } from '../knowledge/ids.ts';
import { openSegment, readBlock } from './index/segment.ts';

/**
 * What a segment says of each of its documents, as a hash: its facts and every text with its place. Two segments agree
 * on a document exactly when the hashes are equal, wherever in them it stands. Later documents win.
 */
export function fingerprintDocuments(buffer: SharedArrayBuffer): Map<ArticleId, string> {
  const segment = openSegment(buffer);
  const found = new Map<ArticleId, string>();
  for (let document = 0; document < segment.documentCount; document += 1) {
    const texts: string[] = [];
    const end = segment.placeStarts[document + 1] ?? 0;
    for (let at = segment.placeStarts[document] ?? 0; at < end; at += 1) {
      texts.push(`${segment.places[at]} ${readBlock(segment, segment.placeBlocks[at] ?? 0)}`);
    }
    const technologies = segment.technologies.subarray(
      segment.technologyStarts[document],
      segment.technologyStarts[document + 1],
    );
    const facts = [
      segment.sourceIds[document],
      segment.changedAt[document],
      segment.createdAt[document],
      segment.flags[document],
      segment.sections[document],
      [...technologies].sort((a, b) => a - b),
    ];
    found.set(asId(segment.articleIds[document] ?? 0), hash('sha256', JSON.stringify([facts, texts.sort()])));
  }
  return found;
}
