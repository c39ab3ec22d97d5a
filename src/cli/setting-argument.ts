import { InvalidArgumentError } from 'commander';

/** Collects `--set key=value` options into one record. */
export function collectSetting(
  text: string,
  before: Record<string, string> | undefined,
): Record<string, string> {
  const [key = '', ...value] = text.split('=');
  if (key === '' || value.length === 0) throw new InvalidArgumentError('Write a setting as key=value.');
  return { ...before, [key]: value.join('=') };
}
