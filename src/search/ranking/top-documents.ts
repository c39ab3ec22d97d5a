/** A candidate of a part; `key` breaks ties so that the order of documents never matters. */
export type Ranked = { readonly part: number; readonly document: number; score: number };

/** Keeps the best so many of what it is offered. A class for its lifecycle: `offer` all, then `list`. */
export class TopDocuments {
  readonly #limit: number;
  readonly #isBetter: (a: Ranked, b: Ranked) => boolean;
  /** A heap with the worst on top. */
  readonly #heap: Ranked[] = [];

  constructor(limit: number, isBetter: (a: Ranked, b: Ranked) => boolean) {
    this.#limit = limit;
    this.#isBetter = isBetter;
  }

  /** Below this score an offer is in vain. */
  get threshold(): number {
    return this.#heap.length < this.#limit ? Number.NEGATIVE_INFINITY : (this.#heap[0]?.score ?? 0);
  }

  offer(candidate: Ranked): void {
    const heap = this.#heap;
    if (this.#limit === 0) return;
    if (heap.length < this.#limit) {
      heap.push(candidate);
      this.#siftUp(heap.length - 1);
    } else if (heap[0] && this.#isBetter(candidate, heap[0])) {
      heap[0] = candidate;
      this.#siftDown(0);
    }
  }

  /** Best first. */
  list(): Ranked[] {
    return this.#heap.toSorted((a, b) => (this.#isBetter(a, b) ? -1 : this.#isBetter(b, a) ? 1 : 0));
  }

  #siftUp(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >>> 1;
      if (!this.#isWorse(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #siftDown(from: number): void {
    for (let at = from; ; ) {
      const [left, right] = [at * 2 + 1, at * 2 + 2];
      let worst = at;
      if (left < this.#heap.length && this.#isWorse(left, worst)) worst = left;
      if (right < this.#heap.length && this.#isWorse(right, worst)) worst = right;
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #isWorse(a: number, b: number): boolean {
    const left = this.#heap[a];
    const right = this.#heap[b];
    if (!left || !right) return false;
    return left.score === right.score ? this.#isBetter(right, left) : left.score < right.score;
  }

  #swap(a: number, b: number): void {
    const left = this.#heap[a];
    const right = this.#heap[b];
    if (!left || !right) return;
    this.#heap[a] = right;
    this.#heap[b] = left;
  }
}
