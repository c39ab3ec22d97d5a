import type { Bits } from '../index/bits.ts';
import type { Segment } from '../index/segment.ts';

// The loops below are what a query spends its time in: no calls and no objects inside them.

/** Adds the documents of a term to a set. */
export function addPostings(segment: Segment, term: number, bits: Bits): void {
  const { postingBytes } = segment;
  const end = segment.postingStarts[term + 1] ?? 0;
  let at = segment.postingStarts[term] ?? 0;
  let document = -1;
  while (at < end) {
    let byte = postingBytes[at++] as number; // within bounds: `at` is below `end`
    let gap = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = postingBytes[at++] as number;
      gap |= (byte & 0x7f) << shift;
    }
    document += gap + 1;
    at += 1;
    (bits[document >>> 5] as number) |= 1 << (document & 31);
  }
}

/** Adds `weight` times the impact of a term, from 0 to 1, to the scores of its documents. */
export function addImpacts(segment: Segment, term: number, weight: number, scores: Float32Array): void {
  const { postingBytes } = segment;
  const end = segment.postingStarts[term + 1] ?? 0;
  const factor = weight / 255;
  let at = segment.postingStarts[term] ?? 0;
  let document = -1;
  while (at < end) {
    let byte = postingBytes[at++] as number; // within bounds: `at` is below `end`
    let gap = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = postingBytes[at++] as number;
      gap |= (byte & 0x7f) << shift;
    }
    document += gap + 1;
    (scores[document] as number) += factor * (postingBytes[at++] as number);
  }
}

/** Raises the scores of a term's documents to at least `weight` times its impact. */
export function raiseToImpacts(segment: Segment, term: number, weight: number, scores: Float32Array): void {
  const { postingBytes } = segment;
  const end = segment.postingStarts[term + 1] ?? 0;
  const factor = weight / 255;
  let at = segment.postingStarts[term] ?? 0;
  let document = -1;
  while (at < end) {
    let byte = postingBytes[at++] as number; // within bounds: `at` is below `end`
    let gap = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = postingBytes[at++] as number;
      gap |= (byte & 0x7f) << shift;
    }
    document += gap + 1;
    const score = factor * (postingBytes[at++] as number);
    if (score > (scores[document] as number)) scores[document] = score;
  }
}

/** Adds a fixed amount, and the impact on top, to the scores of a term's documents. */
export function addBoost(segment: Segment, term: number, amount: number, scores: Float32Array): void {
  const { postingBytes } = segment;
  const end = segment.postingStarts[term + 1] ?? 0;
  let at = segment.postingStarts[term] ?? 0;
  let document = -1;
  while (at < end) {
    let byte = postingBytes[at++] as number; // within bounds: `at` is below `end`
    let gap = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = postingBytes[at++] as number;
      gap |= (byte & 0x7f) << shift;
    }
    document += gap + 1;
    (scores[document] as number) += amount + (postingBytes[at++] as number) / 255;
  }
}
