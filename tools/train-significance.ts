/**
 * Learns the weights of src/knowledge/significance/significance-model.json from labelled changes, and reports how
 * well such weights do on articles that they were not learned from.
 *
 *     node tools/train-significance.ts --repo DIR --labels FILE [--also FILE] [--write]
 *
 * Changes of --also are learned from in every fold, but never scored.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readLabelledDocuments, readLabels } from '../src/cli/labelled-changes.ts';
import { gatherEvidence } from '../src/knowledge/significance/change-evidence.ts';
import { isSameForReader } from '../src/knowledge/significance/is-same-for-reader.ts';
import { measureNames } from '../src/knowledge/significance/measure-change.ts';
import {
  assignFolds,
  createRandom,
  fMeasure,
  predictByFolds,
  type Score,
  scoreAt,
} from './cross-validation.ts';
import { type Example, fitLogistic, predictLogistic } from './logistic-regression.ts';

/** A missed alert costs more than a needless one, so recall counts this many times as much when a threshold is chosen. */
const beta = 2;
const ridges = [2, 4, 8];
const thresholds = Array.from({ length: 24 }, (_, index) => 0.04 + index * 0.02);
const folds = 10;
const repeats = 10;

const { values: options } = parseArgs({
  options: {
    repo: { type: 'string' },
    labels: { type: 'string' },
    also: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
if (options.repo === undefined || options.labels === undefined) {
  throw new Error('Usage: node tools/train-significance.ts --repo DIR --labels FILE [--write]');
}

type Labelled = Example & { readonly id: string; readonly year: string; readonly isVisible: boolean };

const examples = await readExamples(options.repo, options.labels);
const known = new Set(examples.map((one) => one.group));
const further = options.also === undefined ? [] : await readExamples(options.repo, options.also);
/** Learned from in every fold; an article that is scored is not among them. */
const extra = further.filter((one) => one.isVisible && !known.has(one.group));
// What a reader can't see is invisible by rule; the model is asked about the others only.
const visible = examples.filter((one) => one.isVisible);
const missedByRule = examples.filter((one) => !one.isVisible && one.isPositive).length;
print(
  `${examples.length} changes, ${count(examples)} material; ${visible.length} visible, ${missedByRule} material ones lost by rule; ${extra.length} further ones to learn from`,
);

const shared = chooseSettings(visible, 17, 8);
print(`\nCross-validation, ${repeats} x ${folds} folds by article, ridge ${shared.ridge}:`);
const runs = Array.from({ length: repeats }, (_, run) =>
  predictByFolds(visible, shared.ridge, { folds, random: createRandom(run + 1), extra }),
);
for (const threshold of [0.06, 0.1, 0.14, 0.18, 0.22, 0.26, 0.3, 0.4, 0.5]) {
  const scores = runs.map((chances) => withLost(scoreAt(visible, chances, threshold)));
  print(
    `  threshold ${threshold.toFixed(2)}   ${describe(scores)}${threshold === shared.threshold ? '   <' : ''}`,
  );
}
print(
  `Chosen threshold ${shared.threshold.toFixed(2)}:   ${describe(runs.map((chances) => withLost(scoreAt(visible, chances, shared.threshold))))}`,
);

print('\nNested: ridge and threshold chosen without the article, too:');
const nested = Array.from({ length: repeats }, (_, run) => scoreNested(visible, run + 101));
print(`  ${describe(nested.map(withLost))}`);

const lastYear =
  visible
    .map((one) => one.year)
    .sort()
    .at(-1) ?? '';
const earlier = [...visible, ...extra].filter((one) => one.year < lastYear);
const later = visible.filter((one) => one.year === lastYear);
const earlierFit = fitLogistic(earlier, shared.ridge);
const laterChances = later.map((one) => predictLogistic(earlierFit, one.values));
print(
  `\nLearned from the years before ${lastYear}, scored on its ${later.length} (${count(later)} material):`,
);
print(`  ${describe([scoreAt(later, laterChances, shared.threshold)])}`);

print('\nBootstrap over articles, the mean probability of the runs at the chosen threshold:');
const means = visible.map(
  (_, index) => runs.reduce((sum, chances) => sum + (chances[index] ?? 0), 0) / runs.length,
);
const draws = bootstrap(visible, means, shared.threshold);
print(
  `  precision ${interval(draws.map((one) => one.precision))}   recall ${interval(draws.map((one) => one.recall))}`,
);

const fit = fitLogistic([...visible, ...extra], shared.ridge);
print('\nWeights:');
measureNames.forEach((name, index) => {
  print(`  ${name.padEnd(18)}${(fit.weights[index] ?? 0).toFixed(3).padStart(8)}`);
});
if (process.env.SHOW_ERRORS !== undefined) {
  visible.forEach((one, index) => {
    const chance = means[index] ?? 0;
    if (chance >= shared.threshold === one.isPositive) return;
    const values = measureNames.flatMap((name, at) =>
      one.values[at] ? [`${name}=${one.values[at]?.toFixed(1)}`] : [],
    );
    print(`${one.isPositive ? 'missed' : 'needless'} ${chance.toFixed(2)} ${one.id} ${values.join(' ')}`);
  });
}
if (options.write) {
  const round = (value: number) => Math.round(value * 10_000) / 10_000;
  const model = {
    bias: round(fit.bias),
    threshold: round(shared.threshold),
    weights: Object.fromEntries(measureNames.map((name, index) => [name, round(fit.weights[index] ?? 0)])),
  };
  const file = new URL('../src/knowledge/significance/significance-model.json', import.meta.url);
  await writeFile(file, `${JSON.stringify(model, null, 2)}\n`);
  print('\nWritten to src/knowledge/significance/significance-model.json');
}

async function readExamples(repository: string, labels: string): Promise<Labelled[]> {
  const read = await readLabelledDocuments(repository, await readLabels(labels));
  return read.map(({ change, documents }) => {
    const isVisible = documents !== null && !isSameForReader(documents.before, documents.after);
    const measures =
      documents && isVisible ? gatherEvidence(documents.before, documents.after).measures : null;
    return {
      id: change.id,
      year: change.date.slice(0, 4),
      group: change.path,
      isPositive: change.label === 'material',
      isVisible,
      values: measureNames.map((name) => measures?.[name] ?? 0),
    };
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function count(list: readonly Example[]): number {
  return list.filter((one) => one.isPositive).length;
}

/** Material changes that the rule for invisible ones lost are missed, whatever the model says. */
function withLost({ precision, recall }: Score): Score {
  const all = count(examples);
  return { precision, recall: all === 0 ? 1 : (recall * (all - missedByRule)) / all };
}

/** The ridge and the threshold with the best mean F-measure in cross-validation. */
function chooseSettings(
  list: readonly Example[],
  seed: number,
  rounds: number,
): { ridge: number; threshold: number } {
  let best = { ridge: 1, threshold: 0.5, worth: -1 };
  for (const ridge of ridges) {
    const chances = Array.from({ length: rounds }, (_, run) =>
      predictByFolds(list, ridge, { folds, random: createRandom(seed + run), extra }),
    );
    for (const threshold of thresholds) {
      const worth =
        chances.reduce((sum, one) => sum + fMeasure(scoreAt(list, one, threshold), beta), 0) / chances.length;
      if (worth > best.worth) best = { ridge, threshold, worth };
    }
  }
  return best;
}

function scoreNested(list: readonly Example[], seed: number): Score {
  const foldOf = assignFolds(list, folds, createRandom(seed));
  const verdicts = new Array<number>(list.length).fill(0);
  for (let fold = 0; fold < folds; fold++) {
    const training = list.filter((_, index) => foldOf[index] !== fold);
    const { ridge, threshold } = chooseSettings(training, seed + fold, 1);
    const model = fitLogistic([...training, ...extra], ridge);
    list.forEach((one, index) => {
      if (foldOf[index] === fold) verdicts[index] = predictLogistic(model, one.values) >= threshold ? 1 : 0;
    });
  }
  return scoreAt(list, verdicts, 0.5);
}

function bootstrap(list: readonly Example[], chances: readonly number[], threshold: number): Score[] {
  const random = createRandom(7);
  return Array.from({ length: 2000 }, () => {
    const picks = list.map(() => Math.floor(random() * list.length));
    const sample = picks.flatMap((index) => list[index] ?? []);
    return withLost(
      scoreAt(
        sample,
        picks.map((index) => chances[index] ?? 0),
        threshold,
      ),
    );
  });
}

function describe(scores: readonly Score[]): string {
  const part = (name: keyof Score) => {
    const values = scores.map((one) => one[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return `${name} ${mean.toFixed(3)} ± ${spread.toFixed(3)}`;
  };
  return `${part('recall')}   ${part('precision')}`;
}

/** The middle 95 of 100. */
function interval(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(3);
  return `${at(0.5)} (${at(0.025)} to ${at(0.975)})`;
}
