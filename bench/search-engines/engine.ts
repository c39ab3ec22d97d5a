/** Something that finds ten documents; returns how many it found, so that no work can be left out. */
export type Engine = { readonly name: string; search(query: string): number };

export type TimedQuery = { readonly query: string; readonly kind: string };

export type EngineTimes = {
  readonly name: string;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Of the queries that are no codes or numbers. */
  readonly wordsMedianMs: number;
};

/** Kinds of queries that are one or two rare terms: every index answers them at once. */
const rareKinds = new Set(['error code', 'KB number']);

/** Asks all engines the same queries, round by round in turn, so that what else the machine does meets all of them. */
export function measureQueries(
  engines: readonly Engine[],
  queries: readonly TimedQuery[],
  { rounds }: { rounds: number },
): { readonly engines: readonly EngineTimes[]; readonly table: readonly string[] } {
  const times = engines.map(() => queries.map((): number[] => []));
  for (let round = 0; round < rounds; round += 1) {
    engines.forEach((engine, which) => {
      // What another engine read has driven this one out of the processor's caches: it is warmed up first.
      for (const { query } of queries) engine.search(query);
      queries.forEach(({ query }, at) => {
        const startMs = performance.now();
        engine.search(query);
        times[which]?.[at]?.push(performance.now() - startMs);
      });
    });
  }
  // Each query counts once, with its median: a pause of the machine is no property of the query.
  const medians = times.map((perQuery) => perQuery.map((values) => quantile(values, 0.5)));
  const kinds = ['all', ...new Set(queries.map(({ kind }) => kind))];
  const valuesOf = (which: number, kind: string) =>
    (medians[which] ?? []).filter((_, at) => kind === 'all' || queries[at]?.kind === kind);
  const words = (which: number) =>
    (medians[which] ?? []).filter((_, at) => !rareKinds.has(queries[at]?.kind ?? ''));
  return {
    engines: engines.map(({ name }, which) => ({
      name,
      medianMs: quantile(valuesOf(which, 'all'), 0.5),
      p99Ms: quantile(valuesOf(which, 'all'), 0.99),
      wordsMedianMs: quantile(words(which), 0.5),
    })),
    table: [
      `${'query time, median / 99th percentile in ms'.padEnd(44)}${kinds.map((kind) => kind.padStart(18)).join('')}`,
      ...engines.map(({ name }, which) => {
        const cells = kinds.map((kind) => {
          const values = valuesOf(which, kind);
          return `${quantile(values, 0.5).toFixed(3)} / ${quantile(values, 0.99).toFixed(2)}`.padStart(18);
        });
        return `${name.padEnd(44)}${cells.join('')}`;
      }),
    ],
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
