import { type SimulationResult, simulateModeration } from '../tests/factories/moderation-simulation.ts';

// Feedback with a known truth, with moderators and, as the baseline, with reports and filter alone.
const feedbacks = Number(process.argv[2] ?? 10_000);
const seeds = (process.argv[3] ?? '1,2,3').split(',').map(Number);
const percent = (part: number, all: number) => `${((100 * part) / all).toFixed(2)} %`.padStart(8);

function print(name: string, result: SimulationResult): void {
  const { good, goodHidden, spam, spamVisible, goodHiddenTime, spamVisibleTime } = result;
  process.stdout.write(
    `${name.padEnd(22)} written ${result.written}, good hidden ${percent(goodHidden, good)}, spam visible ${percent(spamVisible, spam)}, ` +
      `of their time ${percent(goodHiddenTime, 1)} and ${percent(spamVisibleTime, 1)}, ${result.decisions} decisions, ${result.reports} reports\n`,
  );
}

for (const seed of seeds) {
  print(`seed ${seed}`, await simulateModeration({ seed, feedbacks }));
  print(
    `seed ${seed}, no moderator`,
    await simulateModeration({ seed, feedbacks: feedbacks / 5, moderatorsRead: 0 }),
  );
}
