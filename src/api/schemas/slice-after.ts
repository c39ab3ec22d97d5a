/** The rows behind the one of the key, of a list that is ordered by that key. */
export function sliceAfter<Row>(
  rows: readonly Row[],
  after: string | undefined,
  keyOf: (row: Row) => string,
): Row[] {
  const sorted = rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return after === undefined ? sorted : sorted.filter((row) => keyOf(row) > after);
}
