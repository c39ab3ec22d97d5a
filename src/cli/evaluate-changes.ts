import type { Significance } from '../knowledge/change.ts';
import { judgeChange } from '../knowledge/significance/judge-change.ts';
import { type LabelledChange, readLabelledDocuments } from './labelled-changes.ts';

export type JudgedChange = {
  readonly id: string;
  readonly path: string;
  readonly label: Significance;
  readonly judged: Significance;
  readonly isArticle: boolean;
  /** Plain sentences of the judgement. */
  readonly reasons: readonly string[];
};

export type ChangeEvaluation = {
  readonly count: number;
  /** Label → judgement → how many. */
  readonly confusion: Readonly<Record<Significance, Readonly<Record<Significance, number>>>>;
  /** Of `material` against the others; 0 where nothing was found. */
  readonly material: { readonly precision: number; readonly recall: number; readonly f1: number };
  /** Share of changes put into the right one of the three classes. */
  readonly accuracy: number;
  readonly changes: readonly JudgedChange[];
};

/** Judges labelled changes of a git repository and compares the judgements with the labels. */
export async function evaluateChanges(
  repository: string,
  labels: readonly LabelledChange[],
): Promise<ChangeEvaluation> {
  const changes: JudgedChange[] = [];
  for (const { change, documents } of await readLabelledDocuments(repository, labels)) {
    const judgement = documents && judgeChange(documents.before, documents.after);
    changes.push({
      id: change.id,
      path: change.path,
      label: change.label,
      judged: judgement?.significance ?? 'invisible',
      isArticle: documents !== null,
      reasons: judgement?.reasons.map((reason) => reason.sentence) ?? [],
    });
  }
  return { ...score(changes), changes };
}

function score(changes: readonly JudgedChange[]): Omit<ChangeEvaluation, 'changes'> {
  const count = (label: Significance, judged: Significance) =>
    changes.filter((change) => change.label === label && change.judged === judged).length;
  const row = (label: Significance) => ({
    material: count(label, 'material'),
    minor: count(label, 'minor'),
    invisible: count(label, 'invisible'),
  });
  const confusion = { material: row('material'), minor: row('minor'), invisible: row('invisible') };
  const found = confusion.material.material;
  const precision = ratio(found, changes.filter((change) => change.judged === 'material').length);
  const recall = ratio(found, changes.filter((change) => change.label === 'material').length);
  const right = changes.filter((change) => change.label === change.judged).length;
  return {
    count: changes.length,
    confusion,
    material: { precision, recall, f1: ratio(2 * precision * recall, precision + recall) },
    accuracy: ratio(right, changes.length),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
