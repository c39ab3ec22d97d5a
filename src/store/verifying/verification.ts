/** One question that was asked of everything that is kept, and where the answer was wrong. */
export type Verification = {
  /** What was looked at, such as `revisions`. */
  readonly subject: string;
  readonly checked: number;
  /** How many were wrong; `faults` names the first of them, a sentence each. */
  readonly wrong: number;
  readonly faults: readonly string[];
};

/** Called now and then with how many of how many were looked at. */
export type VerifyProgress = (subject: string, done: number, total: number) => void;

const maxFaults = 50;

/** Counts what was looked at and keeps the first faults. */
export function createTally(subject: string) {
  let checked = 0;
  let wrong = 0;
  const faults: string[] = [];
  return {
    check(count = 1): void {
      checked += count;
    },
    fault(sentence: string): void {
      wrong += 1;
      if (faults.length < maxFaults) faults.push(sentence);
    },
    end: (): Verification => ({ subject, checked, wrong, faults }),
  };
}
