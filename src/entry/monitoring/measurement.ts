/**
 * What a piece of work tells those who count. Threads send it as a message; nothing in it names a person or holds
 * a text.
 */
export type Measurement =
  | { readonly kind: 'scan'; readonly source: string; readonly state: string; readonly seconds: number }
  | { readonly kind: 'digests'; readonly count: number }
  | { readonly kind: 'deliveries'; readonly outcomes: Readonly<Record<string, number>> }
  /** A job went round once; `hasFailed`: it is tried again. */
  | { readonly kind: 'round'; readonly job: string; readonly hasFailed: boolean };

export type Report = (measurement: Measurement) => void;

const kinds = new Set(['scan', 'digests', 'deliveries', 'round']);

/** Tells measurements from whatever else a thread sends. */
export function isMeasurement(message: unknown): message is Measurement {
  return (
    typeof message === 'object' && message !== null && 'kind' in message && kinds.has(String(message.kind))
  );
}
