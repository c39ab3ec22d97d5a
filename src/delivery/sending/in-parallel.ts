/**
 * Does the work for all items, `width` of them at a time, in their order. When one fails, no further ones begin, and
 * its error is thrown when those under way have ended.
 */
export async function inParallel<T>(
  items: readonly T[] | AsyncGenerator<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = 'next' in items ? items : items.values();
  let isBroken = false;
  const lane = async () => {
    try {
      for await (const item of waiting) {
        if (isBroken) return;
        await work(item);
      }
    } catch (error) {
      isBroken = true;
      throw error;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  const failed = lanes.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
