import { InvalidArgumentError } from 'commander';

/** Collects `--set key=value` options into one record; a value that is a JSON list or object is one. */
export function collectSetting(
  text: string,
  before: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const [key = '', ...value] = text.split('=');
  if (key === '' || value.length === 0) throw new InvalidArgumentError('Write a setting as key=value.');
  return { ...before, [key]: readValue(value.join('=')) };
}

function readValue(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text; // such as the beginning of a pattern; the kind's own schema judges it
  }
}
