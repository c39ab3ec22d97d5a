import {
  type Expression,
  type PythonDict,
  type PythonValue,
  UnreadableExpectationError,
} from './parse-expectation.ts';

/** Whether the expectation holds for what was read. Throws UnreadableExpectationError for calls that aren't known. */
export function evaluateExpectation(expression: Expression, names: PythonDict): boolean {
  try {
    return isTrue(evaluate(expression, names));
  } catch (error) {
    if (error instanceof MissingKeyError) return false; // Python would raise KeyError, and the expectation fails
    throw error;
  }
}

/** Fields that an expectation asks about, such as `entries.title_detail.value`; each once. */
export function listFields(expression: Expression): string[] {
  const fields = new Set<string>();
  const visit = (inner: Expression): void => {
    const path = pathOf(inner);
    if (path !== null) {
      fields.add(path);
      return;
    }
    for (const child of childrenOf(inner)) visit(child);
  };
  visit(expression);
  return [...fields];
}

/** The parts of a conjunction, one by one. */
export function splitConjunction(expression: Expression): readonly Expression[] {
  return expression.kind === 'and' ? expression.of.flatMap(splitConjunction) : [expression];
}

class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError';
}

function evaluate(expression: Expression, names: PythonDict): PythonValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name': {
      const value = names[expression.name];
      if (value === undefined) throw new MissingKeyError(expression.name);
      return value;
    }
    case 'item':
      return lookUp(evaluate(expression.of, names), evaluate(expression.key, names));
    case 'list':
      return expression.items.map((item) => evaluate(item, names));
    case 'dict':
      return Object.fromEntries(
        expression.entries.map(([key, value]) => [String(evaluate(key, names)), evaluate(value, names)]),
      );
    case 'not':
      return !isTrue(evaluate(expression.of, names));
    case 'negative':
      return -Number(evaluate(expression.of, names));
    case 'and':
      return expression.of.every((part) => isTrue(evaluate(part, names)));
    case 'or':
      return expression.of.some((part) => isTrue(evaluate(part, names)));
    case 'sum':
      return expression.of.map((part) => evaluate(part, names)).join('');
    case 'compare':
      return compareAll(expression, names);
    case 'call':
      return call(expression, names);
  }
}

function compareAll({ first, rest }: Extract<Expression, { kind: 'compare' }>, names: PythonDict): boolean {
  let left = evaluate(first, names);
  for (const { operator, with: other } of rest) {
    const right = evaluate(other, names);
    if (!compare(left, operator, right)) return false;
    left = right;
  }
  return true;
}

function compare(left: PythonValue, operator: string, right: PythonValue): boolean {
  switch (operator) {
    case '==':
    case 'is':
      return isEqual(left, right);
    case '!=':
    case 'is not':
      return !isEqual(left, right);
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    default: {
      const [a, b] = [Number(left), Number(right)];
      return operator === '<' ? a < b : operator === '>' ? a > b : operator === '<=' ? a <= b : a >= b;
    }
  }
}

function call(
  { callee, arguments: given }: Extract<Expression, { kind: 'call' }>,
  names: PythonDict,
): PythonValue {
  const values = given.map((argument) => evaluate(argument, names));
  if (callee.kind === 'name' && callee.name === 'len') return lengthOf(values[0] ?? null);
  const method = callee.kind === 'item' && callee.key.kind === 'literal' ? callee.key.value : null;
  if (callee.kind === 'item' && (method === 'has_key' || method === 'get')) {
    const of = evaluate(callee.of, names);
    const key = String(values[0]);
    const found = isDict(of) ? of[key] : undefined;
    return method === 'has_key' ? found !== undefined : (found ?? values[1] ?? null);
  }
  throw new UnreadableExpectationError('a call of something else than len, get and has_key');
}

function lookUp(of: PythonValue, key: PythonValue): PythonValue {
  const found = Array.isArray(of) ? of.at(Number(key)) : isDict(of) ? lookUpKey(of, String(key)) : undefined;
  if (found === undefined) throw new MissingKeyError(String(key));
  return found;
}

/** feedparser's dictionaries answer to `url` with the `href`. */
function lookUpKey(of: PythonDict, key: string): PythonValue | undefined {
  return Object.hasOwn(of, key) || key !== 'url' ? of[key] : of.href;
}

function contains(container: PythonValue, value: PythonValue): boolean {
  if (typeof container === 'string') return container.includes(String(value));
  if (Array.isArray(container)) return container.some((item) => isEqual(item, value));
  return isDict(container) && container[String(value)] !== undefined;
}

function lengthOf(value: PythonValue): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isDict(value) ? Object.keys(value).length : 0;
}

function isTrue(value: PythonValue): boolean {
  if (value === null || value === false || value === 0 || value === '') return false;
  return typeof value === 'object' ? lengthOf(value) > 0 : true;
}

function isEqual(left: PythonValue, right: PythonValue): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index] ?? null));
  }
  if (isDict(left) && isDict(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => right[key] !== undefined && isEqual(left[key] ?? null, right[key] ?? null))
    );
  }
  if (typeof left === 'boolean' && typeof right === 'number') return Number(left) === right;
  if (typeof left === 'number' && typeof right === 'boolean') return left === Number(right);
  return left === right;
}

function isDict(value: PythonValue): value is PythonDict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathOf(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'item' || expression.key.kind !== 'literal') return null;
  const before = pathOf(expression.of);
  if (before === null) return null;
  const { value } = expression.key;
  return typeof value === 'number' || value === 'has_key' || value === 'get'
    ? before
    : `${before}.${String(value)}`;
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'item':
      return [expression.of, expression.key];
    case 'list':
      return expression.items;
    case 'dict':
      return expression.entries.flat();
    case 'not':
    case 'negative':
      return [expression.of];
    case 'and':
    case 'or':
    case 'sum':
      return expression.of;
    case 'compare':
      return [expression.first, ...expression.rest.map((comparison) => comparison.with)];
    case 'call':
      return [expression.callee, ...expression.arguments];
  }
}
