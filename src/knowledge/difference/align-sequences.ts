/** A stretch of `length` equal items, at `before` in the one sequence and at `after` in the other. */
export type Match = { readonly before: number; readonly after: number; readonly length: number };

/**
 * The longest common stretches of two sequences, in order, by the greedy algorithm of
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), after cutting off what both begin and
 * end with. Where more than `maxEdits` items differ, the middle counts as wholly different: at that point no
 * alignment helps a reader, and the cost would grow with the square.
 */
export function alignSequences<Item>(
  before: readonly Item[],
  after: readonly Item[],
  maxEdits = 800,
): Match[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    tail++;
  }
  const matches: Match[] = [];
  if (head > 0) matches.push({ before: 0, after: 0, length: head });
  const middle = alignMiddle(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
    maxEdits,
  );
  for (const match of middle) {
    matches.push({ before: match.before + head, after: match.after + head, length: match.length });
  }
  if (tail > 0) matches.push({ before: before.length - tail, after: after.length - tail, length: tail });
  return matches;
}

function alignMiddle<Item>(before: readonly Item[], after: readonly Item[], maxEdits: number): Match[] {
  if (before.length === 0 || after.length === 0) return [];
  const limit = Math.min(maxEdits, before.length + after.length);
  const furthest = new Int32Array(2 * limit + 3);
  const trace: Int32Array[] = [];
  const at = (row: Int32Array, index: number) => row[index] ?? 0;
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(furthest.slice(limit + 1 - edits - 1, limit + 1 + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const here = limit + 1 + diagonal;
      const isDown =
        diagonal === -edits || (diagonal !== edits && at(furthest, here - 1) < at(furthest, here + 1));
      let x = isDown ? at(furthest, here + 1) : at(furthest, here - 1) + 1;
      let y = x - diagonal;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x++;
        y++;
      }
      furthest[here] = x;
      if (x >= before.length && y >= after.length) return walkBack(trace, before.length, after.length);
    }
  }
  return [];
}

/** `trace[d]` holds the furthest points after d - 1 edits on the diagonals from -d - 1 to d + 1. */
function walkBack(trace: readonly Int32Array[], lengthBefore: number, lengthAfter: number): Match[] {
  const matches: Match[] = [];
  let x = lengthBefore;
  let y = lengthAfter;
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const row = trace[edits];
    const at = (diagonal: number) => row?.[diagonal + edits + 1] ?? 0;
    const diagonal = x - y;
    const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const previous = isDown ? diagonal + 1 : diagonal - 1;
    const startX = at(previous);
    const startY = startX - previous;
    const snakeX = isDown ? startX : startX + 1;
    if (x > snakeX) matches.push({ before: snakeX, after: snakeX - diagonal, length: x - snakeX });
    x = startX;
    y = startY;
  }
  if (x > 0) matches.push({ before: 0, after: 0, length: x });
  return matches.reverse();
}
