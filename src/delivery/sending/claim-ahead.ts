/**
 * Hands out what `claim` brings, one after the other, until it brings nothing. The next ones are claimed while `enough`
 * are still to be handed out, so that who sends does not wait for the database. Throws what `claim` threw.
 */
export async function* claimAhead<T>(claim: () => Promise<readonly T[]>, enough: number): AsyncGenerator<T> {
  let ready = await claim();
  while (ready.length > 0) {
    let next: Promise<readonly T[]> | null = null;
    try {
      for (const [at, item] of ready.entries()) {
        if (next === null && ready.length - at <= enough) {
          next = claim();
          next.catch(() => {}); // thrown when it is its turn
        }
        yield item;
      }
    } finally {
      await next?.catch(() => {}); // also when nobody wants more: nothing goes on behind their back
    }
    ready = (await next) ?? [];
  }
}
