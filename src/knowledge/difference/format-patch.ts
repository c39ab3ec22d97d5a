import { createTwoFilesPatch } from 'diff';

/** One side of a patch: the name under which it stands in the header, and the published text. */
export type PatchSide = { readonly name: string; readonly text: string };

/**
 * A unified patch of the published text, as `diff -u` writes it and `patch` reads it. `key` names the file.
 * Texts that have little in common are given as wholly removed and added.
 */
export function formatPatch(key: string, before: PatchSide, after: PatchSide): string {
  const patch = createTwoFilesPatch(
    `a/${key}`,
    `b/${key}`,
    before.text,
    after.text,
    before.name,
    after.name,
    {
      context: 3,
      maxEditLength: 900,
    },
  );
  if (patch !== undefined) return patch;
  const lines = (text: string) => text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined);
  const gone = lines(before.text);
  const came = lines(after.text);
  return [
    `--- a/${key}\t${before.name}`,
    `+++ b/${key}\t${after.name}`,
    `@@ -1,${gone.length} +1,${came.length} @@`,
    ...gone.map((line) => `-${line}`),
    ...came.map((line) => `+${line}`),
    '',
  ].join('\n');
}
