import { type SecretKind, secretPatterns } from './secret-patterns-data.ts';

export type MaskedText = {
  readonly text: string;
  /** How many of each kind were masked, in the order of `secretPatterns`. */
  readonly masked: readonly { readonly kind: SecretKind; readonly count: number }[];
};

/**
 * Replaces what nobody should publish by a word in brackets that says what stood there. Masking a masked text changes
 * nothing. Secrets that look like any other word can't be recognised.
 */
export function maskSecrets(given: string): MaskedText {
  let text = given;
  const counts = new Map<SecretKind, number>();
  for (const { kind, pattern, isSecret } of secretPatterns) {
    text = text.replace(pattern, (...found) => {
      const groups: Record<string, string | undefined> = typeof found.at(-1) === 'object' ? found.at(-1) : {};
      const whole = String(found[0]);
      if (isSecret && !isSecret(whole, groups)) return whole;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return `${groups.before ?? ''}${maskOf(kind)}${groups.after ?? ''}`;
    });
  }
  return { text, masked: [...counts].map(([kind, count]) => ({ kind, count })) };
}

function maskOf(kind: SecretKind): string {
  return `[${kind} masked]`;
}
