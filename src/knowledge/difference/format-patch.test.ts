import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPatch } from './format-patch.ts';

describe('formatPatch', () => {
  it('makes the text after out of the text before when it is applied', () => {
    const texts = fc
      .array(fc.constantFrom('Select OK.', '', '# Cause', '- a', '1. b'))
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const patch = formatPatch('a.md', { name: '1', text: before }, { name: '2', text: after });
        expect(applyPatch(before, patch)).toBe(after);
      }),
    );
  });

  it('gives texts with nothing in common as wholly replaced, and still applies', () => {
    const before = Array.from({ length: 5000 }, (_, index) => `old ${index}\n`).join('');
    const after = Array.from({ length: 5000 }, (_, index) => `new ${index}\n`).join('');
    const patch = formatPatch('a.md', { name: '1', text: before }, { name: '2', text: after });
    expect(applyPatch(before, patch)).toBe(after);
  });
});
